import { findNoticeByCause } from '../../../db/queries/notice/find.ts';
import type { TermsEdition } from '../../../db/queries/read/terms-edition.ts';
import { editionNotice } from '../../../templates/notice/terms-edition.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { NoticeSection } from '../publication/notice-section.tsx';

/** The notice of an edition: what it will say, or how far it is. */
export async function NoticePanel({ deps, edition }: { deps: WebDependencies; edition: TermsEdition }) {
  if (edition.uploadedBy === null) return null;
  const { number, title, reason } = edition;
  const notice = await findNoticeByCause(deps.db, { type: 'termsEdition', id: edition.id });
  const texts = editionNotice({
    number,
    title,
    reason,
    effectiveOn: edition.effectiveOn,
    termsUrl: new URL(`/terms/${number}`, deps.config.WEB_URL).href,
  });
  return <NoticeSection notice={notice} texts={texts} waits={edition.status === 'draft'} />;
}
