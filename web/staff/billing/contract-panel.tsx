import type { Database } from '../../../db/client.ts';
import { billedLines } from '../../../db/queries/billing/draft.ts';
import { readBillingFacts } from '../../../db/queries/billing/facts.ts';
import { type ItemName, itemNames } from '../../../db/queries/billing/names.ts';
import { papersOfContract, type ShownPaper } from '../../../db/queries/billing/read.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import type { PlannedDocument } from '../../../domain/billing/documents.ts';
import { comingDocuments } from '../../../domain/billing/outlook.ts';
import { billingPolicyOf } from '../../../domain/policy/policies.ts';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import type { ContractView } from '../contract/view.ts';
import { LinesTable, PapersTable } from './papers-table.tsx';
import { yenText } from './words.ts';

/** How far ahead a contract's page looks. */
const MONTHS_AHEAD = 13;
const SHOWN_AHEAD = 6;

export interface ContractBilling {
  papers: readonly ShownPaper[];
  /** What the next runs will bill as things stand, or why they cannot. */
  coming: readonly PlannedDocument[] | { problem: string };
  nameOf: (item: string) => ItemName;
  mayOpen: boolean;
}

/** What a contract was billed, and what it will be: by the rules that the next runs execute. */
export async function readContractBilling(
  db: Database,
  { detail, today, policies }: ContractView,
  mayOpen: boolean,
): Promise<ContractBilling> {
  const contractId = detail.contract.id;
  const [papers, nameOf, facts, lines] = await Promise.all([
    papersOfContract(db, contractId),
    itemNames(db),
    readBillingFacts(db, { contractId, today }),
    billedLines(db, contractId),
  ]);
  const policy = billingPolicyOf(policies);
  const { contract, lists } = facts;
  const asked = { contract, lists, billedLines: lines, today, months: MONTHS_AHEAD, policy };
  try {
    return { papers, coming: comingDocuments(asked).slice(0, SHOWN_AHEAD), nameOf, mayOpen };
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    return { papers, coming: { problem: error.message }, nameOf, mayOpen };
  }
}

/** 請求: what was billed, and what comes next and why (第6条2項). */
export function BillingPanel({ papers, coming, nameOf, mayOpen }: ContractBilling) {
  return (
    <section class="panel" id="billing">
      <h3>請求</h3>
      <PapersTable
        caption="これまでの請求"
        rows={papers}
        nameOf={nameOf}
        empty="まだ請求はありません。"
        mayOpen={mayOpen}
        withoutCustomer
      />
      <h4>これからの請求（いまの契約内容での見込み）</h4>
      {'problem' in coming ? (
        <p class="notice notice-warning">請求の下書きを作れません。{coming.problem}</p>
      ) : (
        <Table
          caption="これからの請求"
          rows={coming}
          empty="これから1年の間に請求するものはありません。"
          columns={[
            { head: '発行日', cell: ({ issuedOn }) => dateText(issuedOn) },
            {
              head: '明細',
              cell: ({ lines }) => (
                <details>
                  <summary>{lines.map(({ item }) => nameOf(item).name).join('、')}</summary>
                  <LinesTable lines={lines} nameOf={nameOf} />
                </details>
              ),
            },
            { head: 'お支払期限', cell: ({ dueOn }) => (dueOn === null ? '—' : dateText(dueOn)) },
            { head: '請求額', numeric: true, cell: ({ totalYen }) => yenText(totalYen) },
          ]}
        />
      )}
    </section>
  );
}
