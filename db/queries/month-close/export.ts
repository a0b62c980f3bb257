import type { Database } from '../../client.ts';
import { nameUuid } from '../../name-uuid.ts';
import { recordAudit } from '../audit/record.ts';
import type { MonthQuery } from './facts.ts';

/** Whoever takes a month's documents out of the house for accounting software is on record. */
export async function noteExport(
  db: Database,
  input: MonthQuery & { format: string; staffId: string; rows: number },
): Promise<void> {
  const { month, sandbox, format, staffId, rows } = input;
  await recordAudit(db, {
    ...{
      actor: staffId,
      action: 'month.exported',
      subjectType: 'month',
      subjectId: nameUuid(`month/${month}`),
    },
    after: { month, sandbox, format, rows },
  });
}
