import type { Context } from 'hono';
import { type Form, readForm } from './form.ts';

/** As large as the largest form with files; what is larger was never a form of ours. */
const MAX_BYTES = 11 * 1024 * 1024;

/** What somebody sent that was not carried out, so that it can be sent again. */
export interface KeptForm {
  path: string;
  /** Without passwords. */
  fields: readonly [string, string][];
  /** Files cannot be given back: they have to be chosen again. */
  hadFiles: boolean;
}

/** The form of a request, whether or not anybody has read it yet; null where there is none that can be kept. */
export async function keptForm(c: Context, maxBytes = MAX_BYTES): Promise<KeptForm | null> {
  const bytes = Number(c.req.header('Content-Length') ?? Number.NaN);
  const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(
    c.req.header('Content-Type') ?? '',
  );
  const wasRead = Object.keys(c.req.bodyCache).length > 0;
  if (c.req.method !== 'POST' || !isForm || !(wasRead || bytes <= maxBytes)) return null;
  const form = await readForm(c).catch(() => null);
  if (form === null) return null;
  const { pathname, search } = new URL(c.req.url);
  return { path: pathname + search, fields: typedIn(form), hadFiles: form.hasFiles() };
}

const typedIn = (form: Form): [string, string][] =>
  Object.entries(form.texts()).filter(([name]) => !/password/i.test(name));

/** What forms hand back unseen. */
const CARRIED: ReadonlySet<string> = new Set(['csrf', 'commandId', 'taskId', 'formToken', 'uploads', 'seen']);

/** Words that a person wrote, and not a code that they chose from a list. */
const isWritten = (value: string): boolean => value.trim() !== '' && !/^[\w.:/-]{1,60}$/.test(value);
/** Numbers of telephones and customers, days, amounts. */
const isNumber = /^[\d-]{2,}$/;

/** The texts and numbers that a person typed into a form. */
const writtenIn = ({ fields }: KeptForm): string[] =>
  fields.flatMap(([name, value]) =>
    !CARRIED.has(name) && (isWritten(value) || isNumber.test(value)) ? [value] : [],
  );

/** What was typed into a form that cannot be sent again as it is, to be copied. */
export function WrittenWords({ heading, form }: { heading: string; form: KeptForm }) {
  const words = writtenIn(form);
  if (words.length === 0) return null;
  return (
    <section class="panel">
      <h2>{heading}</h2>
      {words.map((value) => (
        <p class="lines">{value}</p>
      ))}
    </section>
  );
}

/** Sends the same again, as it was typed: the same form is carried out once. */
export function KeptFormAgain({ form }: { form: KeptForm }) {
  return (
    <form method="post" action={form.path} enctype={form.hadFiles ? 'multipart/form-data' : undefined}>
      {form.fields.map(([name, value]) =>
        /[\r\n]/.test(value) ? (
          <textarea name={name} hidden>
            {`\n${value}`}
          </textarea>
        ) : (
          <input type="hidden" name={name} value={value} />
        ),
      )}
      <p>
        入力した内容は、この画面に残してあります。
        {form.hadFiles ? '添付したファイルは、もう一度選択する必要があります。' : ''}
      </p>
      <div class="actions">
        <button class="button button-primary" type="submit">
          もう一度送信する
        </button>
      </div>
    </form>
  );
}
