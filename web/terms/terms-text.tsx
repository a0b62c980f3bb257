import { raw } from 'hono/html';
import type { TermsEdition } from '../../db/queries/read/terms-edition.ts';
import { articleOf } from '../../domain/notice/terms-text.ts';

export function paragraphsOfEdition(edition: Pick<TermsEdition, 'bodyText'>): string[] {
  return edition.bodyText === null ? [] : edition.bodyText.split('\n');
}

/** An edition in full: the cleaned HTML, or the text of a PDF by paragraphs. */
export function TermsText({ edition }: { edition: Pick<TermsEdition, 'bodyHtml' | 'bodyText'> }) {
  if (edition.bodyText === null) {
    return <p class="empty">この版の本文は登録されていません。原本のファイルでご確認ください。</p>;
  }
  // Cleaned when it was uploaded (storage/terms-document.ts): no tag or attribute that could do anything.
  if (edition.bodyHtml !== null) return <div class="terms-text">{raw(edition.bodyHtml)}</div>;
  return (
    <div class="terms-text">
      {paragraphsOfEdition(edition).map((paragraph) =>
        articleOf(paragraph) === null ? <p>{paragraph}</p> : <p class="terms-article">{paragraph}</p>,
      )}
    </div>
  );
}
