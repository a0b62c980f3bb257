import type { Context } from 'hono';
import type { ComposedMail } from '../../../activities/mail/composed-mail.ts';
import type { MailInput } from '../../../activities/mail/index.ts';
import { previewMail } from '../../../activities/mail/preview.ts';
import { staffPage } from '../../components/layout.tsx';
import { MailArticle } from '../../components/mail-article.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import type { Form } from '../../http/form.ts';
import { frame } from '../console.ts';
import { STEP } from './step.ts';

/** The mail that a decision would send, before it is sent: what it is about, or null where the verdict sends none. */
export type ComingMail = Omit<MailInput, 'key' | 'businessMs'> | null;

/** What the form is for and which mail it would send. */
interface ComingMailPage {
  form: Form;
  mail: ComingMail;
  /** What the button says that sends it. */
  submit: string;
  /** Whether whoever decides reads the address of the recipient on this page. */
  recipient: boolean;
}

/**
 * The mail that goes out with a decision, letter by letter, with all that was typed carried along: sent from here, or
 * mended. Composed by what the mail is sent with (activities/mail), from what stands now.
 */
export async function showComingMail(
  c: Context<WebEnv>,
  deps: WebDependencies,
  { form, mail, submit, recipient }: ComingMailPage,
): Promise<Response> {
  const stores = { db: deps.db, storage: deps.documents };
  const composed =
    mail === null
      ? null
      : await previewMail(deps.config, stores, { ...mail, key: '', businessMs: deps.now().getTime() });
  return c.html(
    staffPage({
      ...frame(c, deps, null),
      title: '送るメールの確認',
      children: (
        <>
          {composed === null ? (
            <>
              <h1>送るメールの確認</h1>
              <p class="notice">
                {mail === null
                  ? 'この判断では、メールは送られません。'
                  : 'このメールは、いまは作成できません。判断の対象が変わった可能性があります。'}
              </p>
            </>
          ) : (
            <>
              <p class="notice">まだ送っていません。確定すると、このメールが送られます。</p>
              <Composed mail={composed} recipient={recipient} />
            </>
          )}
          <form class="file-actions" method="post" action={c.req.path}>
            {Object.entries(form.texts())
              .filter(([name]) => name !== STEP)
              .map(([name, value]) => (
                <input type="hidden" name={name} value={value} />
              ))}
            <button class="button button-primary" type="submit">
              {composed === null ? submit : `${submit}（メールを送る）`}
            </button>{' '}
            <button class="button button-secondary" type="submit" name={STEP} value="edit">
              修正する
            </button>
          </form>
        </>
      ),
    }),
  );
}

/** A mail that has not left yet. */
export function Composed({ mail, recipient }: { mail: ComposedMail; recipient: boolean }) {
  const attachments = mail.attachments.map(({ filename, content }) => ({ filename, size: content.length }));
  return (
    <MailArticle
      mail={{ subject: mail.subject, text: mail.text, attachments }}
      facts={[
        { label: '宛先', value: recipient ? mail.to : '（宛先は連絡先の画面で確認できます）' },
        ...(mail.sandbox ? [{ label: '環境', value: 'テスト環境のメールです。' }] : []),
      ]}
    />
  );
}
