import { and, asc, eq, sql } from 'drizzle-orm';
import type { ApplicationField } from '../../../domain/application/application-input.ts';
import { askedFields, type FieldMark } from '../../../domain/application/field-marks.ts';
import type { Executor, Transaction } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { fieldMarks } from '../../schema/index.ts';

export type FieldMarkRow = typeof fieldMarks.$inferSelect;

interface Place {
  applicationId: string;
  round: number;
  field: ApplicationField;
}

const ONE_FIELD = [fieldMarks.applicationId, fieldMarks.round, fieldMarks.field];

/** Marks a field in the review of a round, in place of the mark that it had; null takes it away (第4条4項①). */
export async function markField(
  db: Executor,
  place: Place,
  { mark, note, staffId, now }: { mark: FieldMark | null; note: string; staffId: string; now: Date },
): Promise<void> {
  const said = { mark, note, markedBy: staffId, markedAt: now };
  const row = sealRow(fieldMarks, place.applicationId, { ...place, ...said });
  const { note: sealed } = row;
  await db
    .insert(fieldMarks)
    .values(row)
    .onConflictDoUpdate({ target: ONE_FIELD, set: { ...said, note: sealed } });
}

/** The marks of an application, of one round or of all, the oldest round first. */
export async function fieldMarksOf(
  db: Executor,
  applicationId: string,
  round?: number,
): Promise<FieldMarkRow[]> {
  return db
    .select()
    .from(fieldMarks)
    .where(
      and(
        eq(fieldMarks.applicationId, applicationId),
        round === undefined ? undefined : eq(fieldMarks.round, round),
      ),
    )
    .orderBy(asc(fieldMarks.round), asc(fieldMarks.field));
}

/** What the reviewer of a round asks the applicant to correct, field by field (第4条4項①). */
export async function readAsked(
  db: Executor,
  { id, round }: { id: string; round: number },
): Promise<ReturnType<typeof askedFields>> {
  return askedFields(await fieldMarksOf(db, id, round));
}

/** Notes what a correction replaced. Sent twice in a round, what stood before the first stays. */
export async function noteReplaced(
  tx: Transaction,
  { applicationId, round }: Omit<Place, 'field'>,
  replaced: readonly { field: ApplicationField; text: string }[],
): Promise<void> {
  if (replaced.length === 0) return;
  const rows = replaced.map(({ field, text }) =>
    sealRow(fieldMarks, applicationId, { applicationId, round, field, note: '', replaced: text }),
  );
  await tx
    .insert(fieldMarks)
    .values(rows)
    .onConflictDoUpdate({
      target: ONE_FIELD,
      set: { replaced: sql`coalesce(${fieldMarks.replaced}, excluded.replaced)` },
    });
}
