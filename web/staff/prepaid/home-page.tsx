import type { readBaseDate } from '../../../db/queries/prepaid/base-date.ts';
import type { PrepaidContractRow } from '../../../db/queries/prepaid/list.ts';
import type { uncoveredOpen } from '../../../db/queries/prepaid/uncovered.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';

export interface PrepaidHome {
  frame: ReturnType<typeof frame>;
  contracts: readonly PrepaidContractRow[];
  uncovered: Awaited<ReturnType<typeof uncoveredOpen>>;
  base: { on: CivilDate } & Awaited<ReturnType<typeof readBaseDate>>;
  lowYen: number;
}

const linkOf = (contractId: string) => `/staff/contracts/${contractId}/prepaid`;
export const monthText = (day: string): string => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月`;

/** Balances of all contracts that prepay, what waits for a decision, and the unused balances of a base date (第6条5項). */
export function prepaidHomePage({ frame, contracts, uncovered, base, lowYen }: PrepaidHome) {
  return staffPage({
    ...frame,
    title: 'プリペイド',
    children: (
      <>
        <h1>プリペイド</h1>
        <p class="lead">
          チャージの残高は、注文を請求し、入金を確認したときに増え、通信の利用を翌日に引いて減ります（第6条5項）。
        </p>
        <section class="panel" id="uncovered">
          <h2>残高で賄えない利用</h2>
          <Table
            caption="残高で賄えない利用"
            rows={uncovered}
            empty="判断を待つものはありません。"
            columns={[
              {
                head: '契約者',
                cell: ({ contractId, customerName }) => (
                  <a class="row-link" href={`${linkOf(contractId)}#uncovered`}>
                    {customerName}
                  </a>
                ),
              },
              { head: '利用月', cell: ({ month }) => monthText(month) },
              { head: '金額', numeric: true, cell: ({ yen }) => yenText(yen) },
            ]}
          />
        </section>
        <section class="panel" id="balances">
          <h2>残高</h2>
          <Table
            caption="プリペイドの契約"
            rows={contracts}
            empty="プリペイドの契約はありません。"
            rowClass={({ balanceYen }) => (balanceYen < lowYen ? 'row-current' : '')}
            columns={[
              {
                head: '契約者',
                cell: ({ contractId, customerName, balanceYen }) => (
                  <>
                    <a class="row-link" href={linkOf(contractId)}>
                      {customerName}
                    </a>
                    {balanceYen < lowYen ? <small class="under">残高が少なくなっています</small> : null}
                  </>
                ),
              },
              { head: '残高', numeric: true, cell: ({ balanceYen }) => yenText(balanceYen) },
            ]}
          />
        </section>
        <section class="panel" id="base-date">
          <h2>基準日の未使用残高</h2>
          <form class="search" method="get" action="/staff/prepaid#base-date">
            <div>
              <label for="on">基準日</label>
              <input
                class="input"
                id="on"
                name="on"
                value={base.on}
                autocomplete="off"
                aria-describedby="on-hint"
              />
              <small class="hint" id="on-hint">
                3月31日または9月30日（例：2027-03-31）
              </small>
            </div>
            <button class="button button-secondary" type="submit">
              表示する
            </button>
          </form>
          <Facts
            facts={[
              { label: '基準日', value: dateText(base.on) },
              { label: '対象の未使用残高', value: yenText(base.found.countedYen) },
              { label: '適用除外の残高', value: yenText(base.found.exemptYen) },
              {
                label: '供託する額',
                value: base.found.over ? `${yenText(base.found.depositYen)}以上` : '不要',
              },
              {
                label: '届出・報告の期限',
                value: base.found.reportBy === null ? '不要' : dateText(base.found.reportBy),
              },
            ]}
          />
          <ul>
            {base.steps.map(({ text }) => (
              <li>{text}</li>
            ))}
          </ul>
          <p>
            <a href={`/staff/prepaid/base-date.csv?on=${base.on}`}>契約ごとの残高をCSVで受け取る</a>
          </p>
        </section>
      </>
    ),
  });
}
