import { formatYen } from '../../domain/base/money.ts';
import { japaneseDate } from '../japanese-date.ts';
import {
  type Block,
  definitions,
  heading,
  list,
  type Mail,
  paragraph,
  type Reason,
  reasonBlocks,
} from './blocks.ts';
import { type AffectedChange, affectedBlocks } from './change.ts';
import type { ContractMail } from './contract.ts';
import { renderMail } from './render.ts';

export interface CancellationAcceptedMail extends ContractMail {
  endsOn: string;
  reasons: readonly Reason[];
  /** The wished day where it was no month end: the customer is asked whether the last day is meant (第10条1項). */
  askAbout: string | null;
  affected: readonly AffectedChange[];
  /** Prepaid balance that is lost at the end as things stand now; absent for postpaid contracts. */
  balanceYen?: number;
}

/** Confirms a cancellation: the last day, how it was found, and what is not paid back (第10条1項, 3項). */
export function cancellationAccepted(mail: CancellationAcceptedMail): Mail {
  const { askAbout } = mail;
  const asks = askAbout === null ? '' : '（解約日のご確認のお願い）';
  return renderMail(mail.sender, mail.recipient, `解約の申請を承りました${asks}`, [
    paragraph('Hasso の解約の申請を承りました。下記の解約日をもって利用契約が終了いたします。'),
    definitions(['契約番号', mail.contractNumber], ['解約日（最終利用日）', japaneseDate(mail.endsOn)]),
    ...(askAbout === null ? [] : confirmBlocks(askAbout, mail.endsOn)),
    ...reasonBlocks('解約日の決まり方', mail.reasons),
    ...affectedBlocks(mail.affected),
    ...settlementBlocks('解約日', mail.balanceYen),
    paragraph('必要なデータは、解約日までにお手元に保存してくださいますようお願いいたします。'),
  ]);
}

function confirmBlocks(wishedOn: string, endsOn: string): Block[] {
  return [
    heading('解約日のご確認のお願い'),
    paragraph(
      `ご希望の${japaneseDate(wishedOn)}は月末日ではないため、解約日を${japaneseDate(endsOn)}といたしました（第10条1項）。この日でよろしいか、下記のお問い合わせ先までお知らせください。`,
    ),
  ];
}

/** What happens with money and usage when a contract ends (第10条3項). */
function settlementBlocks(end: string, balanceYen: number | undefined): Block[] {
  const balance =
    balanceYen === undefined
      ? []
      : [`プリペイドチャージの残高（現在 ${formatYen(balanceYen)}）は、${end}に失効し、返金されません。`];
  return [
    heading('料金の取り扱い（第10条3項）'),
    list([
      'お支払い済みの利用料金は返金されません。',
      ...balance,
      `${end}までにご利用の通信費用で未請求のものは、その後に請求いたします。`,
    ]),
  ];
}

export interface CancellationWithdrawnMail extends ContractMail {
  /** The end that no longer applies. */
  formerEndsOn: string;
  period: { from: string; to: string };
  /** The last day by an announced discontinuation (第16条), where the contract ends by that all the same. */
  discontinuedOn: string | null;
  affected: readonly AffectedChange[];
}

/** Confirms that a cancellation was withdrawn with the operator's consent. */
export function cancellationWithdrawn(mail: CancellationWithdrawnMail): Mail {
  const { from, to } = mail.period;
  const { discontinuedOn } = mail;
  const until = discontinuedOn === null ? null : japaneseDate(discontinuedOn);
  return renderMail(mail.sender, mail.recipient, '解約の申請の取り下げを承りました', [
    paragraph(
      until === null
        ? '解約の申請の取り下げを承りました。利用契約は終了せず、これまでどおりご利用いただけます。'
        : `解約の申請の取り下げを承りました。利用契約は、本サービスが廃止される${until}まで続きます（第16条）。`,
    ),
    definitions(
      ['契約番号', mail.contractNumber],
      ['取り下げられた解約日', japaneseDate(mail.formerEndsOn)],
      ['現在の利用契約期間', `${japaneseDate(from)}から${japaneseDate(to)}まで`],
    ),
    ...affectedBlocks(mail.affected),
    ...(until === null
      ? [paragraph('現在の期間の満了後は、利用契約が自動的に更新されます（第5条3項）。')]
      : []),
  ]);
}

export interface ContractEndedMail extends ContractMail {
  endedOn: string;
  /** First day on which the customer's data may be deleted (第22条6項). */
  dataDeletionOn: string;
  /** Last day of the duty of secrecy (第19条7項). */
  secrecyUntil: string;
}

/** Tells that the contract has ended and what follows. */
export function contractEnded(mail: ContractEndedMail): Mail {
  return renderMail(mail.sender, mail.recipient, '利用契約終了のお知らせ', [
    paragraph(
      `Hasso の利用契約は、${japaneseDate(mail.endedOn)}をもって終了いたしました。これまでご利用いただき、誠にありがとうございました。`,
    ),
    definitions(['契約番号', mail.contractNumber], ['契約終了日', japaneseDate(mail.endedOn)]),
    heading('終了後の取り扱い'),
    list([
      `お客様保有データは、${japaneseDate(mail.dataDeletionOn)}以降に削除いたします（第22条6項）。法令により保存が必要なものは、その期間保存いたします。`,
      'ご利用の電話番号は、電話サービス提供者に返却されます（第11条2項）。',
      `秘密情報の取り扱いに関する定めは、${japaneseDate(mail.secrecyUntil)}まで有効です（第19条7項）。`,
    ]),
  ]);
}

export interface FinalStatementMail extends ContractMail {
  endedOn: string;
  /** The last period of the contract and its fee, yen without tax. */
  period: { from: string; to: string };
  feeYen: number;
  /** Prepaid balance that was forfeited; absent for postpaid contracts. */
  forfeitedYen?: number;
  /** Prepaid balance that is paid back because the service was discontinued (第16条). */
  refundedYen?: number;
  /** What is still to be billed, as things stand: day of the invoice and its sum with tax. */
  finalInvoices: readonly { issuedOn: string; totalYen: number }[];
  /** True where the operator's service partner settles with the customer. */
  throughPartner: boolean;
  /** Whether the contract had numbers, which have gone back. */
  numbersReturned: boolean;
}

/** The final statement after the end: fees, what was forfeited, what is still to come (第10条3項). */
export function finalStatement(mail: FinalStatementMail): Mail {
  const { from, to } = mail.period;
  const { refundedYen = 0 } = mail;
  const payee = mail.throughPartner ? 'ご契約のサービスパートナー' : '当社';
  const communication =
    mail.forfeitedYen === undefined
      ? `契約終了日までにご利用の通信費用で未請求のものは、${payee}より、ご利用月の分として請求いたします。`
      : refundedYen > 0
        ? `プリペイドチャージの残高 ${formatYen(refundedYen)}は、全額を返金いたします（第16条）。`
        : `プリペイドチャージの残高 ${formatYen(mail.forfeitedYen)}は、契約終了日に失効しました。返金はございません。`;
  return renderMail(mail.sender, mail.recipient, '利用契約終了に伴う最終のご案内', [
    paragraph('終了した Hasso の利用契約について、料金とお手続きの最終のご案内をお送りいたします。'),
    definitions(
      ['契約番号', mail.contractNumber],
      ['契約終了日', japaneseDate(mail.endedOn)],
      ['最後の利用契約期間', `${japaneseDate(from)}から${japaneseDate(to)}まで`],
      ['その期間の利用料金', `${formatYen(mail.feeYen)}（税抜・契約時の料金表による）`],
    ),
    heading('料金の取り扱い（第10条3項）'),
    list([
      ...(refundedYen > 0 ? [] : ['お支払い済みの利用料金は返金されません。']),
      communication,
      ...mail.finalInvoices.map(
        ({ issuedOn, totalYen }) =>
          `未請求の${formatYen(totalYen)}（税込、本日時点の見込み）は、${japaneseDate(issuedOn)}付けの最終の請求書でご請求いたします。`,
      ),
    ]),
    heading('完了したお手続き'),
    list([
      '本サービスのご利用を停止しました。',
      ...(mail.numbersReturned
        ? ['ご利用の電話番号は、電話サービス提供者に返却しました（第11条2項）。']
        : []),
    ]),
  ]);
}

export interface TerminationNoticeMail extends ContractMail {
  /** The whole contract, or the part named. */
  scope: { whole: true } | { whole: false; part: string };
  /** Grounds with their clause, for example 第10条2項4号. */
  reasons: readonly Reason[];
  balanceYen?: number;
}

/** The operator's notice of immediate termination, effective when it arrives (第10条2項). */
export function terminationNotice(mail: TerminationNoticeMail): Mail {
  const part = mail.scope.whole ? '全部' : `一部（${mail.scope.part}）`;
  return renderMail(mail.sender, mail.recipient, '【重要】利用契約の解約のご通知', [
    paragraph(
      `貴社との Hasso の利用契約について、本通知の到達をもって、下記のとおり利用契約の${mail.scope.whole ? '全部' : '一部'}を解約いたします（第10条2項）。`,
    ),
    definitions(
      ['契約番号', mail.contractNumber],
      ['解約の範囲', part],
      ['効力の発生', '本通知が貴社に到達した時'],
    ),
    ...reasonBlocks('解約の事由', mail.reasons),
    ...settlementBlocks('契約の終了', mail.balanceYen),
  ]);
}
