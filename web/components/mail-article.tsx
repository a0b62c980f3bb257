import { sizeText } from '../format.ts';
import { type Fact, Facts } from './facts.tsx';

/** What is read of a mail, sent or not. */
export interface MailWords {
  subject?: string | undefined;
  text?: string | undefined;
  attachments: readonly { filename?: string | undefined; size: number }[];
}

/** A mail as it was sent, or would be: from whom to whom, its files, and its words. */
export function MailArticle(props: {
  mail: MailWords;
  /** Absent where there is no case to go back to yet. */
  back?: { href: string; label: string };
  facts: readonly Fact[];
  /** Where the n-th file is kept; absent where the case has it elsewhere. */
  fileHref?: (index: number) => string;
}) {
  const { mail, back, facts, fileHref } = props;
  return (
    <article class="mail">
      {back === undefined ? null : (
        <p class="eyebrow">
          <a href={back.href}>{back.label}</a>
        </p>
      )}
      <h1>{mail.subject ?? '（件名なし）'}</h1>
      <Facts facts={facts} />
      {mail.attachments.length === 0 ? null : (
        <section>
          <h2>添付ファイル</h2>
          <ul class="files">
            {mail.attachments.map(({ filename = '（名称なし）', size }, index) => (
              <li>
                {fileHref === undefined ? filename : <a href={fileHref(index)}>{filename}</a>}
                <small class="beside">{sizeText(size)}</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 class="visually-hidden">本文</h2>
        <pre class="mail-text">{mail.text ?? ''}</pre>
      </section>
    </article>
  );
}
