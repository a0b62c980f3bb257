import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { keysOf } from '../../../domain/base/keys.ts';
import { AUTHORS, type AuthorSources } from '../../../domain/desk/authors.ts';
import { type Involved, involved } from '../../../domain/desk/decide.ts';
import type { Subject } from '../../../domain/desk/subjects.ts';
import type { TaskKind } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import {
  auditEntries,
  bankAccounts,
  discontinuationContracts,
  findings,
  refundBatches,
} from '../../schema/index.ts';

/**
 * Those who took part in what a task decides on, by the sources that domain/desk/authors.ts names (第4条, 第16条, 第17条3項):
 * nobody decides on work of their own, whichever round it was done in.
 */
export async function authorsOf(
  db: Executor,
  { kind, subjectType, subjectId }: Subject & { kind: TaskKind },
): Promise<Involved[]> {
  const authors = AUTHORS[kind];
  const said = await saidOf(db, { subjectType, subjectId }, authors?.said ?? {});
  switch (authors?.rows) {
    case undefined:
      return said;
    case 'findings':
      return [...said, ...(await whoDecidedFindings(db, subjectId))];
    case 'bankAccounts':
      return [...said, ...(await whoEnteredAccounts(db, subjectId))];
  }
}

/** Members of staff by what the audit log says of a subject. */
async function saidOf(
  db: Executor,
  { subjectType, subjectId }: Subject,
  said: NonNullable<AuthorSources['said']>,
): Promise<Involved[]> {
  const actions = keysOf(said);
  if (actions.length === 0) return [];
  const rows = await db
    .selectDistinct({ staffId: auditEntries.actor, action: auditEntries.action })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subjectType, subjectType),
        eq(auditEntries.subjectId, subjectId),
        inArray(auditEntries.action, actions),
      ),
    );
  return rows.flatMap(({ staffId, action }) => {
    const known = actions.find((each) => each === action);
    const as = known === undefined ? undefined : said[known];
    return as === undefined || !IS_STAFF.test(staffId) ? [] : [{ staffId, as }];
  });
}

/** Actors that are no people: 'applicant', 'system', 'cli'. */
const IS_STAFF = /^[0-9a-f]{8}-/;

/** Also of earlier rounds, and who decided about the same match in an earlier application. */
async function whoDecidedFindings(db: Executor, applicationId: string): Promise<Involved[]> {
  const rows = await db
    .selectDistinct({ staffId: findings.decidedBy })
    .from(findings)
    .where(and(eq(findings.applicationId, applicationId), isNotNull(findings.decidedBy)));
  return rows.flatMap(({ staffId }) => involved(['released', staffId]));
}

/** Of the accounts that the list which waits for its approval pays, as it was submitted. */
async function whoEnteredAccounts(db: Executor, discontinuationId: string): Promise<Involved[]> {
  const rows = await db
    .selectDistinct({ staffId: bankAccounts.enteredBy })
    .from(refundBatches)
    .innerJoin(
      discontinuationContracts,
      and(
        eq(discontinuationContracts.discontinuationId, refundBatches.discontinuationId),
        eq(discontinuationContracts.batch, refundBatches.batch),
      ),
    )
    .innerJoin(bankAccounts, eq(bankAccounts.id, discontinuationContracts.bankAccountId))
    .where(and(eq(refundBatches.discontinuationId, discontinuationId), isNull(refundBatches.approvedBy)));
  return rows.flatMap(({ staffId }) => involved(['changedAccount', staffId]));
}
