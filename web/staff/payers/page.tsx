import type { ItemName } from '../../../db/queries/billing/names.ts';
import type { Payer } from '../../../db/queries/billing/payer.ts';
import type { ShownPaper } from '../../../db/queries/billing/read.ts';
import type { PlannedDocument } from '../../../domain/billing/documents.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Paging } from '../../components/paging.tsx';
import { ComingTable } from '../billing/coming-table.tsx';
import { PapersTable } from '../billing/papers-table.tsx';
import type { PartnerNames } from '../billing/words.ts';
import type { frame } from '../console.ts';
import { PARTNERS_PATH } from '../partners/words.ts';
import { AccountPanel, type AccountPanelProps, PostingsPanel } from './account-panel.tsx';
import { ReceiptsPanel, type ReceiptsPanelProps } from './receipts-panel.tsx';
import { PAYERS_PATH, payerHref } from './words.ts';

export interface PayerPage extends AccountPanelProps, ReceiptsPanelProps {
  frame: ReturnType<typeof frame>;
  payer: Payer;
  /** What comes next of its contracts, the first of them only where there are many. */
  contracts: readonly (Payer['contracts'][number] & {
    coming: readonly PlannedDocument[] | { problem: string };
  })[];
  papers: { rows: readonly ShownPaper[]; count: number };
  contacts: number;
  nameOf: (item: string) => ItemName;
  partners: PartnerNames;
  page: number;
  pageSize: number;
}

/** All about the money of a customer or a partner: what it owes, paid and will be billed, its contracts, contacts and papers (第6条2項). */
export function payerPage(props: PayerPage) {
  const { payer, contracts, papers, page, pageSize, account, draft } = props;
  const { sandbox } = account;
  const ofSide = payer.contracts.filter((contract) => contract.sandbox === sandbox);
  const isPartner = payer.kind === 'partner';
  const [first] = payer.contracts;
  const contactsOf = isPartner ? `${PARTNERS_PATH}/${payer.id}` : `/staff/contracts/${first?.id ?? ''}`;
  return staffPage({
    ...props.frame,
    title: `${payer.name}の請求と入金`,
    wide: true,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={isPartner ? PARTNERS_PATH : '/staff/invoices'}>
            {isPartner ? 'サービスパートナー' : '請求書'}
          </a>{' '}
          / {payer.name}
        </p>
        <h1>
          {payer.name}の請求と入金 {sandbox ? <SandboxMark /> : null}
        </h1>
        <p class="record-meta">
          <span>{isPartner ? 'サービスパートナー' : 'お客様'}</span>
          <span>契約 {ofSide.length}件</span>
          <a href={`${contactsOf}/billing-contacts`}>
            請求書の送付先（{props.contacts === 0 && !isPartner ? '契約の連絡先' : `${props.contacts}件`}）
          </a>
          {isPartner ? <a href={contactsOf}>登録と取引条件</a> : null}
          {ofSide.length < payer.contracts.length ? (
            <a href={payerHref(payer.id, !sandbox)}>{sandbox ? '本番' : 'テスト環境'}の請求と入金</a>
          ) : null}
        </p>
        <AccountPanel {...props} />
        <section class="panel">
          <h2>これからの請求（いまの契約内容での見込み）</h2>
          {contracts.map((contract) => (
            <>
              <h3>
                <a href={`/staff/contracts/${contract.id}`}>{contract.customerName}の契約</a>{' '}
                <StatusBadge kind="contract" value={contract.status} />
                {contract.sandbox ? <SandboxMark /> : null}
              </h3>
              <ComingTable coming={contract.coming} nameOf={props.nameOf} partners={props.partners} />
            </>
          ))}
          {contracts.length === 0 ? <p class="empty">契約はありません。</p> : null}
          {contracts.length < ofSide.length ? (
            <p class="hint">
              {ofSide.length}件のうち{contracts.length}
              件の契約を表示しています。ほかの契約は、契約の画面で見られます。
            </p>
          ) : null}
        </section>
        <section class="panel">
          <h2>
            これまでの請求 <span class="count">{papers.count.toLocaleString('ja-JP')}通</span>
          </h2>
          <PapersTable
            caption="これまでの請求"
            rows={papers.rows}
            nameOf={props.nameOf}
            partners={props.partners}
            empty="まだ請求はありません。"
            mayOpen={props.mayOpen}
          />
          <Paging
            path={`${PAYERS_PATH}/${payer.id}`}
            query={sandbox ? { sandbox: 'yes' } : {}}
            {...{ page, pageSize, count: papers.count }}
          />
        </section>
        <ReceiptsPanel {...props} />
        <PostingsPanel account={account} />
      </>
    ),
  });
}
