import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { isUnavailable } from '../../db/availability.ts';
import { InvalidValueError } from '../../domain/base/invalid-value.ts';
import { type Difference, Differences } from '../components/differences.tsx';
import { publicPage, staffPage } from '../components/layout.tsx';
import type { SignedIn, WebDependencies, WebEnv } from '../dependencies.ts';
import { frame } from '../staff/console.ts';
import { type KeptForm, KeptFormAgain, keptForm, WrittenWords } from './kept-form.tsx';
import { Problem } from './problem.ts';

/** Turns whatever was thrown into a page in words. What was not foreseen is logged under a number and told as that. */
export async function errorPage(
  error: unknown,
  c: Context<WebEnv>,
  deps: WebDependencies,
): Promise<Response> {
  const problem = asProblem(error);
  if (problem !== null) {
    if (problem.cause !== undefined) {
      deps.logError(problem.cause, { errorId: randomUUID(), path: c.req.path });
    }
    const { status, heading, message, link, differences } = problem;
    const kept = status === 503 || status === 409 ? await keptForm(c) : null;
    c.header('Cache-Control', 'no-store');
    return c.html(
      wordsPage(c, deps, { status, heading, message, link: link ?? home(c), kept, differences }),
      status,
    );
  }
  const errorId = randomUUID();
  deps.logError(error, { errorId, path: c.req.path });
  const page = {
    status: 500,
    heading: 'システムに問題が発生しました',
    message: `操作は完了していない可能性があります。時間をおいてもう一度お試しください。お問い合わせの際は、エラー番号 ${errorId} をお知らせください。`,
    link: home(c),
    kept: null,
    differences: [],
  };
  return c.html(wordsPage(c, deps, page), 500);
}

function asProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  // A rule cannot work with what it was given, and says so in words: a year without holidays on record.
  if (error instanceof InvalidValueError) return new Problem(422, { message: error.message });
  // In the middle of a page: what came before the connection was lost may have been done.
  if (isUnavailable(error)) return new Problem(503, { cause: error });
  // Thrown by the framework's own checks: the origin of a form, the size of a body.
  if (error instanceof HTTPException) return new Problem(error.status === 413 ? 413 : 403);
  return null;
}

type Link = { href: string; label: string };

/** Where the reader of a page without a link of its own goes on; null where another application would be the wrong thing. */
function home(c: Context): Link | null {
  const { path } = c.req;
  if (path.startsWith('/staff')) return { href: '/staff', label: '担当タスクに戻る' };
  if (path.startsWith('/verify')) return { href: '/verify', label: '書類の確認ページに戻る' };
  if (path === '/apply' || path === '/apply/confirm') {
    return { href: '/apply', label: '利用申込のページに戻る' };
  }
  return null;
}

interface Words {
  status: number;
  heading: string;
  message: string;
  link: Link | null;
  /** What was sent and not carried out. */
  kept: KeptForm | null;
  /** What that said, beside what stands now. */
  differences: readonly Difference[];
}

/** Inside the console for whoever is signed in, so that they can go on from there. */
function wordsPage(c: Context<WebEnv>, deps: WebDependencies, page: Words) {
  const { status, heading, message, link, kept, differences } = page;
  const children = (
    <div class="words">
      <p class="eyebrow">エラー {status}</p>
      <h1>{heading}</h1>
      <p class="lead">{message}</p>
      <Differences rows={differences} />
      {kept === null ? null : status === 409 ? (
        <WrittenWords heading="あなたが入力した内容（記録されていません）" form={kept} />
      ) : (
        <KeptFormAgain form={kept} />
      )}
      {link === null ? null : (
        <p>
          <a class="button button-secondary" href={link.href}>
            {link.label}
          </a>
        </p>
      )}
    </div>
  );
  // Set behind /staff alone.
  const signedIn: SignedIn | undefined = c.get('signedIn');
  if (signedIn !== undefined) {
    return staffPage({ ...frame(c, deps, null), title: heading, hasErrors: true, children });
  }
  const forStaff = link?.href.startsWith('/staff') ?? false;
  return publicPage({ title: heading, hasErrors: true, sandbox: false, forStaff, children });
}
