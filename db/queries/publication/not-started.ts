import { and, eq, isNotNull, lt } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { PublicationSubject } from '../../../domain/notice/publication.ts';
import type { Database } from '../../client.ts';
import { feeChanges, termsEditions } from '../../schema/index.ts';
import { neverHadTask } from '../task/never.ts';

export interface NotStarted {
  subjectType: PublicationSubject;
  subjectId: string;
  enteredBy: string;
  effectiveOn: CivilDate;
}

/** Drafts older than `before` that nobody was asked to approve: Temporal was away when they were stored. */
export async function publicationsNotStarted(db: Database, before: Date): Promise<NotStarted[]> {
  const [editions, changes] = await Promise.all([
    db
      .select({ id: termsEditions.id, by: termsEditions.uploadedBy, on: termsEditions.effectiveOn })
      .from(termsEditions)
      .where(
        and(
          eq(termsEditions.status, 'draft'),
          isNotNull(termsEditions.uploadedBy),
          lt(termsEditions.createdAt, before),
          neverHadTask(db, 'termsEdition', termsEditions.id),
        ),
      ),
    db
      .select({ id: feeChanges.id, by: feeChanges.enteredBy, on: feeChanges.effectiveOn })
      .from(feeChanges)
      .where(
        and(
          eq(feeChanges.status, 'draft'),
          lt(feeChanges.createdAt, before),
          neverHadTask(db, 'feeChange', feeChanges.id),
        ),
      ),
  ]);
  const of =
    (subjectType: PublicationSubject) =>
    ({ id, by, on }: { id: string; by: string | null; on: string }): NotStarted => ({
      subjectType,
      subjectId: id,
      enteredBy: by ?? '',
      effectiveOn: on as CivilDate,
    });
  return [...editions.map(of('termsEdition')), ...changes.map(of('feeChange'))];
}
