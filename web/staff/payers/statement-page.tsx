import type { Payer } from '../../../db/queries/billing/payer.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { AccountStatement, EntryKind, StatementEntry } from '../../../domain/payments/statement.ts';
import { SandboxMark } from '../../components/badge.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { addressOf } from '../../components/paging.tsx';
import { Table } from '../../components/table.tsx';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';
import { PAYERS_PATH, payerHref } from './words.ts';

export const ENTRY_WORDS: Record<EntryKind, string> = {
  charged: 'ご請求',
  replaced: '請求書の差し替え',
  writtenOff: '貸倒れ',
  paid: 'ご入金',
  transferFee: '振込手数料（当社負担）',
  paidBack: 'ご返金',
  moved: '振替',
};

export const entryText = ({ invoices }: StatementEntry): string => invoices.join('、');

export interface StatementPage {
  frame: ReturnType<typeof frame>;
  payer: Payer;
  sandbox: boolean;
  from: CivilDate;
  through: CivilDate;
  statement: AccountStatement;
  issuer: { name: string; address: string };
}

/** The statement of account of a payer, to be printed (残高明細書). */
export function statementPage(page: StatementPage) {
  const { payer, sandbox, from, through, statement, issuer } = page;
  const side = sandbox ? 'yes' : null;
  const path = `${PAYERS_PATH}/${payer.id}/statement`;
  return staffPage({
    ...page.frame,
    title: `${payer.name}の残高明細書`,
    children: (
      <>
        <p class="eyebrow screen-only">
          <a href={payerHref(payer.id, sandbox)}>{payer.name}の請求と入金</a> / 残高明細書
        </p>
        <h1>残高明細書 {sandbox ? <SandboxMark /> : null}</h1>
        <form class="search screen-only" method="get" action={path}>
          {sandbox ? <input type="hidden" name="sandbox" value="yes" /> : null}
          <div>
            <label for="from">はじめの日</label>
            <input class="input" id="from" name="from" value={from} autocomplete="off" />
          </div>
          <div>
            <label for="through">おわりの日</label>
            <input class="input" id="through" name="through" value={through} autocomplete="off" />
          </div>
          <button class="button button-secondary" type="submit">
            表示する
          </button>
        </form>
        <section class="panel">
          <h2>{payer.name} 御中</h2>
          <Facts
            facts={[
              { label: '期間', value: `${dateText(from)}〜${dateText(through)}` },
              { label: '繰越', value: balanceText(statement.openingYen) },
              { label: '期末の残高', value: <b>{balanceText(statement.closingYen)}</b> },
              { label: '発行者', value: `${issuer.name}（${issuer.address}）` },
            ]}
          />
          <Table
            caption="残高の動き"
            rows={statement.entries}
            empty="この期間に動きはありません。"
            columns={[
              { head: '日付', cell: ({ on }) => dateText(on) },
              {
                head: '内容',
                cell: (entry) => (
                  <>
                    {ENTRY_WORDS[entry.kind]}
                    {entry.invoices.length === 0 ? null : <small class="under">{entryText(entry)}</small>}
                  </>
                ),
              },
              { head: 'ご請求等', numeric: true, cell: ({ amountYen }) => sideText(amountYen) },
              { head: 'ご入金等', numeric: true, cell: ({ amountYen }) => sideText(-amountYen) },
              { head: '残高', numeric: true, cell: ({ balanceYen }) => yenText(balanceYen) },
            ]}
          />
          <p class="hint">金額は税込です。マイナスの残高は、当社がお預かりしている前受金です。</p>
        </section>
        <p class="screen-only">
          印刷するとこの表だけが紙に出ます（ブラウザーの印刷）。
          <a href={addressOf(`${path}.csv`, { from, through, sandbox: side })}>CSVで保存する</a>
        </p>
      </>
    ),
  });
}

const sideText = (yen: number): string => (yen > 0 ? yenText(yen) : '');

const balanceText = (yen: number): string =>
  yen < 0 ? `${yenText(-yen)}（前受金）` : yen === 0 ? yenText(0) : `${yenText(yen)}（未払い）`;
