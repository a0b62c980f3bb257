import type { Period } from '../../domain/period/periods.ts';
import { records } from '../ports.ts';
import type { ContractContext } from './context.ts';

/** Puts a period on record and takes the policies for its reminder; `replaces`: in the place of what was there. */
export async function recordPeriod(
  { state }: ContractContext,
  period: Period,
  clause: string,
  replaces = false,
): Promise<void> {
  const { campaignUntil, ...reminders } = await records.recordPeriod({
    contractId: state.contractId,
    period,
    clause,
    ...(replaces ? { replaces } : {}),
    businessMs: Date.now(),
  });
  state.reminders = reminders;
  if (campaignUntil != null) state.campaignUntil = campaignUntil;
  state.recordedIndex = period.index;
}
