import { findIssuedPaper } from '../../../db/queries/billing/issue.ts';
import { findBankLine, payerNamesOf } from '../../../db/queries/payment/read.ts';
import type { Proposed } from '../../../domain/proposal/proposal.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { dateText } from '../../format.ts';
import { yenText } from '../billing/words.ts';
import type { Words } from '../proposals/words.ts';
import { LINES_PATH, payerText } from './words.ts';

type OfMoney = Extract<Proposed, { kind: 'paymentMoved' | 'creditPaidBack' | 'writeOff' | 'monthReopened' }>;

/** What is proposed about money, for the person who has to agree. */
export async function moneyWords({ db }: WebDependencies, proposed: OfMoney): Promise<Words> {
  switch (proposed.kind) {
    case 'paymentMoved': {
      const { lineId, payer, parts, learn } = proposed;
      const [line, names] = await Promise.all([findBankLine(db, lineId), payerNamesOf(db, [payer])]);
      return {
        facts: [
          { label: '入金の名義', value: line?.name ?? '（見つかりません）' },
          { label: '入金', value: line === null ? '' : `${dateText(line.on)} ${yenText(line.amountYen)}` },
          { label: '充てる支払者', value: payerText(payer, names) },
          { label: '充てる請求書', value: partsText(parts) },
          { label: '名義を覚える', value: learn ? '覚える' : '覚えない' },
        ],
        link: { href: `${LINES_PATH}/${lineId}`, label: '入金を見る' },
      };
    }
    case 'creditPaidBack': {
      const { payer, amountYen, contractId } = proposed;
      const names = await payerNamesOf(db, [payer]);
      return {
        facts: [
          { label: '支払者', value: payerText(payer, names) },
          { label: '返す額', value: yenText(amountYen) },
        ],
        link: { href: `/staff/contracts/${contractId}`, label: '契約を見る' },
      };
    }
    case 'writeOff': {
      const paper = await findIssuedPaper(db, proposed.paperId);
      return {
        facts: [
          { label: '請求書', value: paper?.number ?? '（見つかりません）' },
          { label: '請求額', value: paper === null ? '' : yenText(paper.totalYen) },
        ],
        link: { href: `/staff/dunnings/${proposed.paperId}`, label: '督促を見る' },
      };
    }
    case 'monthReopened':
      return {
        facts: [{ label: '開き直す月', value: `${proposed.month}（以後の月も開きます）` }],
        link: { href: '/staff/closes', label: '月次締めを見る' },
      };
  }
}

function partsText(parts: readonly { invoice: string; amountYen: number }[]): string {
  const texts = parts.map(({ invoice, amountYen }) => `${invoice}に${yenText(amountYen)}`);
  return texts.length === 0 ? 'なし（全額を前受金）' : texts.join('、');
}
