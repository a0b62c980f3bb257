import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { PublicationStatus, PublicationSubject } from '../../../domain/notice/publication.ts';
import { checkEdition } from '../../../domain/notice/terms-edition.ts';
import type { Database } from '../../client.ts';
import { findNoticeByCause, type NoticeRow } from '../notice/find.ts';
import { noticeReach } from '../notice/reach.ts';
import { findTermsEdition, type TermsEdition } from '../read/terms-edition.ts';
import { transitionPublication } from './transition.ts';

/**
 * On its effective date: a fee change takes effect, an edition of the terms does only if its notice was published before
 * (第17条1項, Civil Code 548-4). Gives the status that it came to.
 */
export async function settlePublication(
  db: Database,
  input: { subjectType: PublicationSubject; subjectId: string; businessAt: Date },
): Promise<PublicationStatus> {
  const { subjectType, subjectId } = input;
  const system = { ...input, actor: 'system' };
  if (subjectType === 'feeChange') {
    await transitionPublication(db, { ...system, to: 'effective', clause: '第6条3項' });
    return 'effective';
  }
  const edition = await findTermsEdition(db, subjectId);
  if (edition === null) throw new Error(`edition ${subjectId} does not exist`);
  if (edition.status === 'effective' || edition.status === 'void') return edition.status;
  const notice = await findNoticeByCause(db, { type: 'termsEdition', id: subjectId });
  const published = notice === null ? null : await publishedOn(db, notice);
  const told = published !== null && inTime(edition, published);
  const to = told || hadNobodyToTell(notice) ? 'effective' : 'void';
  await transitionPublication(db, {
    ...system,
    to,
    clause: to === 'void' ? '民法548条の4第3項' : '第17条1項',
  });
  return to;
}

function inTime(edition: TermsEdition, published: CivilDate): boolean {
  const effectiveOn = edition.effectiveOn;
  const { detrimental } = edition;
  return checkEdition({ effectiveOn, today: effectiveOn, publishedOn: published, detrimental }).value.allowed;
}

/**
 * No customer had a contract when the notice was due: it was turned down for want of recipients. Whoever came later is
 * bound by the edition that they agree to.
 */
function hadNobodyToTell(notice: NoticeRow | null): boolean {
  return notice !== null && notice.status === 'refused' && (notice.recipientCount ?? 0) === 0;
}

/** The first day on which a notice was posted or reached anybody; null when it did neither. */
async function publishedOn(db: Database, notice: NoticeRow): Promise<CivilDate | null> {
  if (notice.postedAt !== null) return jstDate(notice.postedAt.getTime());
  const days = (await noticeReach(db, notice.id)).flatMap(({ reach }) => (reach === null ? [] : [reach.on]));
  return days.toSorted()[0] ?? null;
}
