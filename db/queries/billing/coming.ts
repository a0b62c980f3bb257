import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import type { BillingPolicy } from '../../../domain/billing/billing-policy.ts';
import type { PlannedDocument } from '../../../domain/billing/documents.ts';
import { comingDocuments } from '../../../domain/billing/outlook.ts';
import type { PayerFrom } from '../../../domain/billing/partners.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Executor } from '../../client.ts';
import { readBillingFacts } from './facts.ts';
import { billedLines } from './standing.ts';

/**
 * What the next runs will bill a contract as things stand, or in words why they cannot; and who pays it from when on. `endsOn`: as if
 * it ended on that day (第10条1項).
 */
export async function readComing(
  db: Executor,
  input: { contractId: string; today: CivilDate; policy: BillingPolicy; months: number; endsOn?: CivilDate },
): Promise<{ coming: PlannedDocument[] | { problem: string }; payers: readonly PayerFrom[] }> {
  const { contractId, today, policy, months, endsOn } = input;
  const [facts, lines] = await Promise.all([
    readBillingFacts(db, { contractId, today }),
    billedLines(db, contractId),
  ]);
  const { lists } = facts;
  const { payers, ends } = facts.contract;
  const asked = endsOn === undefined ? ends : [...ends, { on: endsOn, knownOn: null }];
  const contract = { ...facts.contract, ends: asked };
  try {
    return {
      coming: comingDocuments({ contract, lists, billedLines: lines, today, months, policy }),
      payers,
    };
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    return { coming: { problem: error.message }, payers };
  }
}
