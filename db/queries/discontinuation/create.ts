import { and, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Database, Executor } from '../../client.ts';
import { discontinuations } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface NewDiscontinuation {
  commandId: string;
  sandbox: boolean;
  planCode: string | null;
  lastDay: CivilDate;
  forceMajeure: boolean;
  reason: string;
  enteredBy: string;
}

/** Writes a proposal once for each command id; gives its id. Nothing happens before two people have approved (第16条). */
export async function createDiscontinuation(db: Database, input: NewDiscontinuation): Promise<string> {
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(discontinuations)
      .values(input)
      .onConflictDoNothing()
      .returning({ id: discontinuations.id });
    if (made === undefined) {
      const [there] = await tx
        .select({ id: discontinuations.id })
        .from(discontinuations)
        .where(eq(discontinuations.commandId, input.commandId));
      if (there === undefined) throw new Error('the discontinuation was not stored');
      return there.id;
    }
    const { sandbox, planCode, lastDay, forceMajeure } = input;
    await recordAudit(tx, {
      actor: input.enteredBy,
      action: 'discontinuation.proposed',
      subjectType: 'discontinuation',
      subjectId: made.id,
      after: { sandbox, planCode, lastDay, forceMajeure },
      commandId: input.commandId,
    });
    return made.id;
  });
}

/** A discontinuation that is not over and shares contracts with a scope: one contract has one last day. Null when none. */
export async function findOverlapping(
  db: Executor,
  scope: { sandbox: boolean; planCode: string | null; exceptCommandId: string },
): Promise<{ id: string } | null> {
  const [row] = await db
    .select({ id: discontinuations.id })
    .from(discontinuations)
    .where(
      and(
        eq(discontinuations.sandbox, scope.sandbox),
        ne(discontinuations.commandId, scope.exceptCommandId),
        inArray(discontinuations.status, ['review', 'approval', 'announced', 'ending']),
        scope.planCode === null
          ? undefined
          : or(isNull(discontinuations.planCode), eq(discontinuations.planCode, scope.planCode)),
      ),
    )
    .limit(1);
  return row ?? null;
}
