import { and, eq, notExists, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { SubjectType } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { tasks } from '../../schema/index.ts';

/** Condition: there never was a task about this subject. */
export function neverHadTask(db: Executor, subjectType: SubjectType, subjectId: PgColumn): SQL {
  return notExists(
    db
      .select({ one: sql`1` })
      .from(tasks)
      .where(and(eq(tasks.subjectType, subjectType), eq(tasks.subjectId, subjectId))),
  );
}
