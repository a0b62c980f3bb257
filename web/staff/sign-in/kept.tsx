import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { z } from 'zod';
import { formerSession } from '../../../db/queries/session/own.ts';
import { publicPage } from '../../components/layout.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { hideText, shownText } from '../../http/hidden-text.ts';
import { type KeptForm, KeptFormAgain, keptForm, WrittenWords } from '../../http/kept-form.tsx';
import { findSignedIn, sessionCookie } from '../../http/session.ts';
import { issueFormToken, sha256 } from '../../http/signing.ts';
import { localTarget } from './local-target.ts';
import { type Onward, signInPage } from './pages.tsx';

/** Larger ones are read for a browser alone that was signed in before. */
const STRANGERS_BYTES = 512 * 1024;
const KEPT_MS = 24 * 3_600_000;

const keptSchema = z.object({
  staffId: z.string(),
  atMs: z.number(),
  form: z.object({
    path: z.string().regex(/^\/staff\//),
    fields: z.array(z.tuple([z.string(), z.string()])),
    hadFiles: z.boolean(),
  }),
});

/**
 * The answer to a form that came after its session had ended: the sign-in page, which carries what was typed, encrypted, for the person
 * whose session it was and for nobody else. Null where nobody's form can be told from a stranger's.
 */
export async function signInAgain(c: Context, deps: WebDependencies): Promise<Response | null> {
  const { db, config } = deps;
  const cookie = getCookie(c, sessionCookie(deps));
  const former = cookie === undefined ? null : await formerSession(db, { tokenHash: sha256(cookie) });
  const form = await keptForm(c, former === null ? STRANGERS_BYTES : undefined);
  if (form === null) return null;
  const csrfToken = form.fields.find(([name]) => name === 'csrf')?.[1] ?? '';
  const staffId = csrfToken === '' ? null : await formerSession(db, { csrfToken });
  if (staffId === null) return null;
  const text = JSON.stringify({ staffId, atMs: deps.now().getTime(), form });
  const kept = hideText(config.SESSION_SECRET, text, 'keptForm');
  c.header('Cache-Control', 'no-store');
  return c.html(
    signInPage({
      formToken: issueFormToken(config.SESSION_SECRET, deps.now()),
      email: '',
      onward: { next: pageOf(c), kept },
      errors: [],
      outside: deps.outside?.label ?? null,
    }),
    403,
  );
}

/** The page that the form stood on, as the browser tells it. */
function pageOf(c: Context): string {
  try {
    const { pathname, search } = new URL(c.req.header('Referer') ?? '');
    return pathname + search;
  } catch {
    return '';
  }
}

/** The form that was kept for a person; null where there is none of theirs. */
export function readKept(deps: WebDependencies, kept: string, staffId: string): KeptForm | null {
  const text = kept === '' ? null : shownText(deps.config.SESSION_SECRET, kept, 'keptForm');
  if (text === null) return null;
  const read = keptSchema.parse(JSON.parse(text));
  const isTheirs = read.staffId === staffId && deps.now().getTime() - read.atMs <= KEPT_MS;
  return isTheirs ? read.form : null;
}

/** What a page of the sign-in carries, for whoever is signed in by now; null where that is nobody, or somebody else. */
export async function keptPageOf(
  c: Context<WebEnv>,
  deps: WebDependencies,
  { kept, next }: Onward,
): Promise<Response | null> {
  const signedIn = await findSignedIn(c, deps);
  if (signedIn === null || signedIn.mustEnrol) return null;
  const form = readKept(deps, kept, signedIn.staff.id);
  c.header('Cache-Control', 'no-store');
  return form === null ? null : c.html(keptPage(form, signedIn.csrfToken, localTarget(next)));
}

/** What was typed before the session ended, to be sent again by a click, under the new session. */
export function keptPage(kept: KeptForm, csrfToken: string, back: string) {
  const fields = kept.fields.map(([name, value]): [string, string] => [
    name,
    name === 'csrf' ? csrfToken : value,
  ]);
  return publicPage({
    title: '入力した内容が残っています',
    sandbox: false,
    forStaff: true,
    children: (
      <div class="words">
        <h1>入力した内容が残っています</h1>
        <p class="lead">
          サインアウトする前に送信した内容は、まだ送信されていません。内容を確かめて、送信してください。
        </p>
        <WrittenWords heading="入力した文章" form={kept} />
        <KeptFormAgain form={{ ...kept, fields }} />
        <p>
          <a class="button button-secondary" href={back}>
            送信せずに画面に戻る
          </a>
        </p>
      </div>
    ),
  });
}
