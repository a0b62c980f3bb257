import { and, desc, eq, gte, inArray, lt, type SQL } from 'drizzle-orm';
import { addDays, type CivilDate, jstInstant } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { auditEntries } from '../../schema/index.ts';

/** All that is given must hold; the days are those on which it was written, both included. */
export interface AuditSearch {
  actor?: string;
  actions?: readonly string[];
  subjectId?: string;
  from?: CivilDate;
  through?: CivilDate;
}

/** Entries of the audit log, newest first; `before` is the last sequence of the page before. */
export async function listAudit(
  db: Executor,
  search: AuditSearch,
  page: { limit: number; before: number | null },
) {
  const { actor, actions, subjectId, from, through } = search;
  const conditions: (SQL | undefined)[] = [
    actor === undefined ? undefined : eq(auditEntries.actor, actor),
    actions === undefined ? undefined : inArray(auditEntries.action, [...actions]),
    subjectId === undefined ? undefined : eq(auditEntries.subjectId, subjectId),
    from === undefined ? undefined : gte(auditEntries.at, new Date(jstInstant(from))),
    through === undefined ? undefined : lt(auditEntries.at, new Date(jstInstant(addDays(through, 1)))),
    page.before === null ? undefined : lt(auditEntries.sequence, page.before),
  ];
  return db
    .select()
    .from(auditEntries)
    .where(and(...conditions))
    .orderBy(desc(auditEntries.sequence))
    .limit(page.limit);
}
