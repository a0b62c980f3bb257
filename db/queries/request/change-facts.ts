import { periodFee } from '../../../domain/billing/fees.ts';
import type { ChangeFacts } from '../../../domain/change/change-answer.ts';
import { alter } from '../../../domain/future/contents.ts';
import type { Executor } from '../../client.ts';
import type { RequestedChange } from '../../schema/requests.ts';
import { type Contracted, pricedItems } from '../catalogue/price.ts';
import { announcedDiscontinuations } from '../discontinuation/find.ts';
import { alterationOf } from '../future/assemble.ts';
import { findRequests } from './find.ts';

/**
 * For runs from before changes were judged as one sequence: a change against what will be contracted once the earlier pending changes, named by their requests, have taken effect
 * (第8条3項). Throws for a plan or option that the contract's catalogue version lacks.
 */
export async function readChangeFacts(
  db: Executor,
  input: { contracted: Contracted & { sandbox: boolean }; requested: RequestedChange; earlier: string[] },
): Promise<ChangeFacts> {
  const earlier = await findRequests(db, input.earlier);
  let before: Contracted = input.contracted;
  for (const row of earlier) before = { ...before, ...alter(before, alterationOf(row.requested)) };
  const after = { ...before, ...alter(before, alterationOf(input.requested)) };
  const another = after.planCode !== before.planCode;
  const [old, next, ending] = await Promise.all([
    pricedItems(db, before),
    pricedItems(db, after),
    another
      ? announcedDiscontinuations(db, { sandbox: input.contracted.sandbox, planCode: after.planCode })
      : [],
  ]);
  const [plan] = ending.filter(({ planCode }) => planCode !== null);
  return {
    newKind: after.kind === before.kind ? null : after.kind,
    fromRank: old.plan.rank,
    toRank: next.plan.rank,
    licences: Math.max(after.licences, next.plan.includedLicences),
    accountsInUse: 0,
    oldFeeYen: periodFee(old.items).value,
    newFeeYen: periodFee(next.items).value,
    ...(another ? { newPlanCode: after.planCode } : {}),
    ...(plan === undefined ? {} : { newPlanEndsOn: plan.lastDay }),
  };
}
