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
import type { ContractMail } from './contract.ts';
import { renderMail } from './render.ts';

export interface ChangeItem {
  /** For example `料金プラン`. */
  item: string;
  before: string;
  after: string;
}

export interface ChangeMail extends ContractMail {
  changes: readonly ChangeItem[];
  reasons: readonly Reason[];
}

/** An earlier change request that something else has decided about anew (第8条, 第10条1項). */
export interface AffectedChange {
  arrivedOn: string;
  /** What it asks for, for example `料金プランをプレミアムに`. */
  wishes: readonly string[];
  became: 'superseded' | 'dropped' | 'restored' | 'moved' | 'reduced';
  /** The day on which it takes effect, or would have. */
  on: string;
}

const BECAME: Record<AffectedChange['became'], (on: string) => string> = {
  superseded: () => '後に届いたお申し込みに差し替えられ、適用されません。',
  dropped: () => '適用されません。',
  restored: (on) => `あらためて有効となり、${on}から適用します。`,
  moved: (on) => `適用日が${on}に変わりました。`,
  reduced: (on) => `一部は後に届いたお申し込みが優先し、残りを${on}から適用します。`,
};

/** What becomes of the customer's earlier requests; nothing where none is touched. */
export function affectedBlocks(affected: readonly AffectedChange[]): Block[] {
  if (affected.length === 0) return [];
  return [
    heading('先にいただいた変更のお申し込みについて'),
    list(
      affected.map(({ arrivedOn, wishes, became, on }) => {
        const request = `${japaneseDate(arrivedOn)}到着の変更（${wishes.join('、')}）`;
        return `${request}：${BECAME[became](japaneseDate(on))}`;
      }),
    ),
  ];
}

export interface ChangeAcceptedMail extends ChangeMail {
  effectiveOn: string;
  affected: readonly AffectedChange[];
}

/** Confirms a request that only takes back what was asked before: nothing changes (第8条2項). */
export function changeTakenBack(mail: ContractMail & { affected: readonly AffectedChange[] }): Mail {
  return renderMail(mail.sender, mail.recipient, '変更のお申し込みの取りやめを承りました', [
    paragraph(
      '先にお申し込みの変更を取りやめるお申し込みを承りました。現在のご契約の内容に変わりはありません。',
    ),
    definitions(['契約番号', mail.contractNumber]),
    ...affectedBlocks(mail.affected),
  ]);
}

/** Tells of earlier change requests that were decided about anew, where no other mail tells it. */
export function changesSettled(mail: ContractMail & { affected: readonly AffectedChange[] }): Mail {
  return renderMail(mail.sender, mail.recipient, '変更のお申し込みの取り扱いについて', [
    paragraph('先にいただいた変更のお申し込みの取り扱いが、下記のとおりとなりましたのでお知らせいたします。'),
    definitions(['契約番号', mail.contractNumber]),
    ...affectedBlocks(mail.affected),
  ]);
}

/** Tells from when a change applies, and how that day was found (第8条2項). */
export function changeAccepted(mail: ChangeAcceptedMail): Mail {
  return renderMail(mail.sender, mail.recipient, '利用内容の変更を承りました', [
    paragraph('利用内容の変更のお申し込みを承りました。下記のとおり変更いたします。'),
    definitions(
      ['契約番号', mail.contractNumber],
      ['変更日', japaneseDate(mail.effectiveOn)],
      ...changeItems(mail.changes),
    ),
    ...reasonBlocks('変更日の決まり方', mail.reasons),
    ...affectedBlocks(mail.affected),
    paragraph('変更後の内容を記載した Hasso 契約証書を、別のメールでお送りいたします。'),
  ]);
}

/** Tells that a change cannot be made, and why (第8条3項 and others). */
export function changeRefused(mail: ChangeMail): Mail {
  return renderMail(mail.sender, mail.recipient, '利用内容の変更のお申し込みについて', [
    paragraph(
      '利用内容の変更をお申し込みいただき、ありがとうございました。誠に恐れ入りますが、次の理由により、今回の変更はお受けできません。',
    ),
    definitions(['契約番号', mail.contractNumber], ...changeItems(mail.changes)),
    ...reasonBlocks('お受けできない理由', mail.reasons),
    paragraph('現在のご契約の内容に変わりはなく、引き続きご利用いただけます。'),
  ]);
}

function changeItems(changes: readonly ChangeItem[]): [string, string][] {
  return changes.map(({ item, before, after }) => [item, `${before} → ${after}`]);
}
