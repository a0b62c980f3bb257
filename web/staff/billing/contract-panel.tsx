import type { Database } from '../../../db/client.ts';
import { readComing } from '../../../db/queries/billing/coming.ts';
import { type ItemName, itemNames } from '../../../db/queries/billing/names.ts';
import { papersOfContract, type ShownPaper } from '../../../db/queries/billing/read.ts';
import { partnerNames } from '../../../db/queries/partner/read.ts';
import type { PlannedDocument } from '../../../domain/billing/documents.ts';
import { type Partner, type PayerFrom, partnerOn } from '../../../domain/billing/partners.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { billingPolicyOf } from '../../../domain/policy/policies.ts';
import { Facts } from '../../components/facts.tsx';
import { dateText } from '../../format.ts';
import type { ContractView } from '../contract/view.ts';
import { MODE_LABELS } from '../partners/words.ts';
import { ComingBlocks, PaperBlocks } from './paper-blocks.tsx';
import { type PartnerNames, partyText } from './words.ts';

/** How far ahead a contract's page looks. */
const MONTHS_AHEAD = 13;
const SHOWN_AHEAD = 6;

export interface ContractBilling {
  contractId: string;
  customerId: string;
  /** Who pays from the first day that is not billed yet on. */
  payers: readonly PayerFrom[];
  today: CivilDate;
  papers: readonly ShownPaper[];
  /** What the next runs will bill as things stand, or why they cannot. */
  coming: readonly PlannedDocument[] | { problem: string };
  nameOf: (item: string) => ItemName;
  partners: PartnerNames;
  mayOpen: boolean;
  maySeeLiability: boolean;
}

/** What a contract was billed, and what it will be: by the rules that the next runs execute. */
export async function readContractBilling(
  db: Database,
  { detail, today, policies }: ContractView,
  may: Pick<ContractBilling, 'mayOpen' | 'maySeeLiability'>,
): Promise<ContractBilling> {
  const contractId = detail.contract.id;
  const policy = billingPolicyOf(policies);
  const [papers, nameOf, partners, ahead] = await Promise.all([
    papersOfContract(db, contractId),
    itemNames(db),
    partnerNames(db),
    readComing(db, { contractId, today, policy, months: MONTHS_AHEAD }),
  ]);
  const { payers } = ahead;
  const coming = Array.isArray(ahead.coming) ? ahead.coming.slice(0, SHOWN_AHEAD) : ahead.coming;
  const customerId = detail.contract.customerId;
  return { contractId, customerId, payers, today, papers, coming, nameOf, partners, ...may };
}

/** 請求: what was billed, and what comes next and why (第6条2項). */
export function BillingPanel(billing: ContractBilling) {
  const { papers, nameOf, partners, mayOpen } = billing;
  return (
    <section class="panel" id="billing">
      <h3>請求</h3>
      <Payer {...billing} />
      <p>
        <a href={`/staff/payers/${billing.customerId}`}>このお客様の請求の一覧</a>
        <br />
        <a href={`/staff/contracts/${billing.contractId}/billing-contacts`}>請求書の送付先</a>
        {billing.maySeeLiability ? (
          <>
            <br />
            <a href={`/staff/contracts/${billing.contractId}/liability`}>責任の上限（第23条3項）</a>
          </>
        ) : null}
      </p>
      <h4>これまでの請求</h4>
      <PaperBlocks rows={papers} {...{ nameOf, partners, mayOpen }} />
      <h4>これからの請求（いまの契約内容での見込み）</h4>
      <ComingBlocks {...billing} />
    </section>
  );
}

/** Who pays today and from when on somebody else does, with the way to change it. */
function Payer({ contractId, payers, today, partners }: ContractBilling) {
  const text = (partner: Partner | null) =>
    partner === null
      ? 'お客様に直接請求'
      : `${partyText(partner.id, partners)}（${MODE_LABELS[partner.mode]}）`;
  const later = payers.filter(({ from }) => from !== null && from > today);
  return (
    <Facts
      facts={[
        {
          label: '支払者',
          value: (
            <>
              {text(partnerOn(payers, today))}
              {later.map(({ from, partner }) => (
                <small class="under">
                  {from === null ? '' : `${dateText(from)}から、`}
                  {text(partner)}
                </small>
              ))}
              <small class="under">
                <a href={`/staff/contracts/${contractId}/partner`}>支払者の変更と記録</a>
              </small>
            </>
          ),
        },
      ]}
    />
  );
}
