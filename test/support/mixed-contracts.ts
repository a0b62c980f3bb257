import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { importCatalogue } from '../../db/queries/catalogue/import.ts';
import { contracts } from '../../db/schema/index.ts';
import { insertContractRows } from '../../dev/contract-rows.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { BACKGROUND_QUEUE } from '../../domain/desk/queues.ts';
import { contractWorkflowId } from '../../workflows/contract/messages.ts';
import { initialContractState } from '../../workflows/contract/state.ts';
import { dateOf, dayOf, type HandContract } from './refund-by-hand.ts';

/** A price list of its own whose plan no other test has; in effect so late that nobody is offered it. */
const PRICES = {
  version: 900,
  effectiveOn: '2099-01-01',
  plans: [
    {
      code: 'retiring',
      name: '終了予定プラン',
      rank: 1,
      annualFeeYen: 365_123,
      monthlyFeeYen: 31_417,
      includedLicences: 5,
      extraLicenceAnnualYen: 11_003,
      extraLicenceMonthlyYen: 1_009,
    },
  ],
  options: [{ code: 'extra', name: '追加機能', annualFeeYen: 47_009, monthlyFeeYen: 4_801 }],
};

export interface MixedContract extends HandContract {
  contractId: string;
  contractNumber: string;
}

/** First days that make trouble: the 29th to the 31st, leap days, months that lack them. */
const AWKWARD = [
  '2024-02-29',
  '2023-08-31',
  '2024-01-31',
  '2023-11-30',
  '2024-03-30',
  '2023-12-29',
  '2024-08-31',
];

/** The n-th of so many: annual and monthly, awkward first days, balances, options, licences, some that end by themselves. */
function kindOf(n: number, today: number, lastDay: string) {
  const kind = n % 3 === 0 ? ('monthly' as const) : ('annual' as const);
  const firstDay = n % 4 === 0 ? (AWKWARD[n % AWKWARD.length] ?? '') : dateOf(today - 5 - n * 3);
  const licences = n % 5 === 0 ? 5 + (n % 7) : 3;
  const options = n % 6 === 0 ? [{ code: 'extra', quantity: 1 + (n % 3) }] : [];
  const plan = kind === 'annual' ? 365_123 : 31_417;
  const option = (kind === 'annual' ? 47_009 : 4_801) * (options[0]?.quantity ?? 0);
  const extra = (kind === 'annual' ? 11_003 : 1_009) * Math.max(0, licences - 5);
  const endsOn =
    n % 20 === 7
      ? dateOf(dayOf(lastDay) - 31)
      : n % 20 === 13
        ? lastDay
        : n % 20 === 17
          ? dateOf(dayOf(lastDay) + 20)
          : null;
  const balanceYen = n % 2 === 0 ? n * 137 : 0;
  return { kind, firstDay, licences, options, endsOn, balanceYen, feeYen: plan + option + extra };
}

/** So many sandbox contracts of mixed kinds on the plan `retiring`, each with its running workflow. */
export async function mixedContracts(
  db: Database,
  client: Client,
  count: number,
  { lastDay, today }: { lastDay: string; today: string },
): Promise<MixedContract[]> {
  await importCatalogue(db, PRICES);
  const ids = await insertContractRows(db, count, { prefix: randomUUID().slice(0, 8), planCode: 'retiring' });
  const made: MixedContract[] = [];
  for (const [n, contractId] of ids.entries()) {
    const { feeYen, ...values } = kindOf(n, dayOf(today), lastDay);
    const { kind, firstDay, endsOn, balanceYen, licences, options } = values;
    const [row] = await db
      .update(contracts)
      .set({
        ...{ kind, licences, options },
        firstDay: civilDate(firstDay),
        endsOn: endsOn === null ? null : civilDate(endsOn),
        catalogueVersion: 900,
        concludedOn: civilDate(firstDay),
        prepaidBalanceYen: balanceYen,
        communicationPayment: balanceYen > 0 ? 'prepaid' : 'postpaid',
        status: endsOn === null ? 'active' : 'ending',
      })
      .where(eq(contracts.id, contractId))
      .returning({ contractNumber: contracts.contractNumber });
    made.push({
      ...{ contractId, kind, firstDay, endsOn, balanceYen, feeYen },
      contractNumber: row?.contractNumber ?? '',
    });
  }
  for (let from = 0; from < made.length; from += 20) {
    await Promise.all(made.slice(from, from + 20).map((contract) => startContract(client, contract)));
  }
  return made;
}

/** The workflow as it stands in the middle of a contract's life: nothing to begin, no reminder due. */
async function startContract(client: Client, contract: MixedContract): Promise<void> {
  const { contractId, kind } = contract;
  const input = { contractId, sandbox: true, kind, firstDay: civilDate(contract.firstDay), carried: null };
  const state = initialContractState(input);
  state.recordedIndex = 9;
  state.remindedIndex = 999;
  state.endsOn = contract.endsOn === null ? null : civilDate(contract.endsOn);
  if (state.endsOn !== null) state.status = 'ending';
  await client.workflow.start('contract', {
    workflowId: contractWorkflowId(contractId),
    taskQueue: BACKGROUND_QUEUE,
    args: [{ ...input, carried: { state, answered: {} } }],
  });
}
