import { sql } from 'drizzle-orm';
import { type CivilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import { dueAfter } from '../../../domain/data/deletion.ts';
import type { Database, Transaction } from '../../client.ts';
import { destroyKey } from '../../personal/destroy-key.ts';
import { retentionDues } from '../../schema/index.ts';
import { eraseOwnRows } from '../deletion/erase.ts';
import { planDeletion } from '../deletion/plan.ts';
import { applicationSubject } from '../deletion/subject.ts';
import { loadPolicies } from '../policy/load.ts';

/**
 * Notes the days on which data of applications that were refused, withdrawn or lapsed goes, and the evidence of their
 * screening, by the policies as they are now; each application once.
 */
export async function noteApplicationDues(db: Database, limit: number): Promise<void> {
  const ended = await db.execute<{ id: string; ended_at: string; sandbox: boolean }>(sql`
    select a.id, a.updated_at as ended_at, a.sandbox from applications a
    where a.status in ('refused', 'withdrawn', 'lapsed')
      and not exists (select 1 from retention_dues d where d.kind = 'application' and d.subject_id = a.id)
    order by a.updated_at limit ${limit}`);
  if (ended.length === 0) return;
  const policies = await loadPolicies(db);
  const dues = ended.flatMap(({ id, ended_at: endedAt, sandbox }) => {
    const endedOn: CivilDate = jstDate(new Date(endedAt).getTime());
    const due = { applicationId: id, subjectId: id, sandbox };
    return [
      {
        ...due,
        kind: 'application' as const,
        dueOn: dueAfter(endedOn, policies['retention.applicationDays']),
      },
      { ...due, kind: 'screening' as const, dueOn: dueAfter(endedOn, policies['retention.screeningDays']) },
    ];
  });
  await db.insert(retentionDues).values(dues).onConflictDoNothing();
}

/**
 * Deletes and empties the rows of an application that became no contract, by the data map as after a contract, and destroys
 * its key. Throws, so that nothing of it counts, when anything is left.
 */
export async function eraseApplication(
  tx: Transaction,
  applicationId: string,
): Promise<Record<string, number>> {
  const subject = applicationSubject(applicationId);
  const removed = await eraseOwnRows(tx, subject);
  const left = (await planDeletion(tx, subject)).filter(
    ({ table, action }) => (action === 'erase' || action === 'reduce') && table !== 'personal_keys',
  );
  if (left.length > 0)
    throw new Error(`left of ${applicationId}: ${left.map(({ table }) => table).join(', ')}`);
  await destroyKey(tx, applicationId, new Date());
  return Object.fromEntries(Object.entries(removed).filter(([, count]) => count > 0));
}
