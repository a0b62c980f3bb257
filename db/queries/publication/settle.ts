import { type CivilDate, jstDate } from '../../../domain/civil-date.ts';
import type { PublicationStatus, PublicationSubject } from '../../../domain/publication.ts';
import { checkEdition } from '../../../domain/terms-edition.ts';
import type { Database } from '../../client.ts';
import { findNoticeByCause } from '../notice/find.ts';
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
  const published = await publishedOn(db, subjectId);
  const to = published !== null && inTime(edition, published) ? 'effective' : 'void';
  await transitionPublication(db, {
    ...system,
    to,
    clause: to === 'void' ? '民法548条の4第3項' : '第17条1項',
  });
  return to;
}

function inTime(edition: TermsEdition, published: CivilDate): boolean {
  const effectiveOn = edition.effectiveOn as CivilDate;
  const { detrimental } = edition;
  return checkEdition({ effectiveOn, today: effectiveOn, publishedOn: published, detrimental }).value.allowed;
}

/** The first day on which the edition's notice was posted or reached anybody; null when it did neither. */
async function publishedOn(db: Database, editionId: string): Promise<CivilDate | null> {
  const notice = await findNoticeByCause(db, { type: 'termsEdition', id: editionId });
  if (notice === null) return null;
  if (notice.postedAt !== null) return jstDate(notice.postedAt.getTime());
  const days = (await noticeReach(db, notice.id)).flatMap(({ reach }) => (reach === null ? [] : [reach.on]));
  return days.toSorted()[0] ?? null;
}
