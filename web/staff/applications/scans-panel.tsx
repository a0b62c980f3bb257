import type { RecordPage } from './record-page.tsx';
import { Scan } from './scan.tsx';

/** What came in on paper or by mail, beside the fields, for whoever decides on it; each look is recorded. */
export function ScansPanel({ detail, access, tiffPages }: RecordPage) {
  if (!access.may || detail.deletedOn !== null || detail.documents.length === 0) return null;
  return (
    <section class="panel">
      <h3>届いた書類</h3>
      {detail.documents.map((document) => (
        <article>
          <p>{document.fileName}</p>
          <Scan
            file={document}
            href={`/staff/applications/${detail.application.id}/documents/${document.id}/view`}
            tiffPages={tiffPages.get(document.id) ?? 0}
          />
        </article>
      ))}
    </section>
  );
}
