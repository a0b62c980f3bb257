import { customerNameOf } from '../../../db/queries/data-view/customer-name.ts';
import { findPartner } from '../../../db/queries/partner/read.ts';
import type { ProposalRow } from '../../../db/queries/proposal/find.ts';
import { findListImport } from '../../../db/queries/screening-list/read.ts';
import { findStaff } from '../../../db/queries/staff/accounts.ts';
import { termsOn } from '../../../domain/billing/payers.ts';
import { isPolicyKey } from '../../../domain/policy/policies.ts';
import type { ProposalKind } from '../../../domain/proposal/proposal.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { dateText, instantText } from '../../format.ts';
import { LIST_LABELS, labelOf } from '../../glossary.ts';
import { ACCOUNTS_PATH, accountChangeText, rolesText } from '../accounts/words.ts';
import { PARTNERS_PATH, termsText } from '../partners/words.ts';
import { moneyWords } from '../payments/proposal-words.ts';
import { POLICY_TITLES, policyText } from '../policies/words.ts';
import { termFacts } from '../usage-cases/words.ts';

export const PROPOSAL_LABELS: Record<ProposalKind, string> = {
  policy: '設定の変更',
  listTake: '照合リストの取り込み',
  listRollback: '照合リストを以前の版に戻すこと',
  dataExport: 'お客様のデータ全体の出力',
  phoneConsent: '電話による同意の記録',
  suspensionTimes: '停止の日時の変更',
  suspensionCancel: '停止の取りやめ',
  suspensionLift: '停止の解除（再開）',
  suspensionLifted: '緊急に再開したことの事後の確認',
  discontinuationCancel: '廃止の取りやめ',
  paymentMoved: '別の名義の入金の消込',
  creditPaidBack: '前受金の返金',
  writeOff: '貸倒れ',
  monthReopened: '月次締めの取消し',
  partnerTerms: 'サービスパートナーの取引条件の変更',
  contractPartner: '契約の支払者の変更',
  staffAccount: '担当者のアカウントの変更',
  watchException: '利用の検知の例外',
  watchPolicy: '契約ごとの検知の基準',
};

export interface Words {
  facts: { label: string; value: string }[];
  /** Where what it is about is seen. */
  link: { href: string; label: string } | null;
}

/** What is proposed, for the person who has to agree. */
export async function wordsOf(deps: WebDependencies, { proposed, contractId }: ProposalRow): Promise<Words> {
  const contract = contractId === null ? null : `/staff/contracts/${contractId}`;
  const customer = contractId === null ? null : await customerNameOf(deps.db, contractId);
  const about = customer === null ? [] : [{ label: 'お客様', value: customer }];
  switch (proposed.kind) {
    case 'policy': {
      const { key, value } = proposed;
      const facts = isPolicyKey(key)
        ? [
            { label: '設定', value: POLICY_TITLES[key] },
            { label: '変更後の値', value: policyText(key, value) },
          ]
        : [{ label: '設定', value: key }];
      return { facts, link: null };
    }
    case 'listTake': {
      const staged = await findListImport(deps.db, proposed.importId);
      const count = (rows: number | undefined) => `${(rows ?? 0).toLocaleString('ja-JP')}件`;
      return {
        facts: [
          { label: 'リスト', value: labelOf(LIST_LABELS, proposed.list) },
          { label: 'ファイル', value: staged?.fileName ?? '（見つかりません）' },
          { label: '追加', value: count(staged?.added) },
          { label: '変更', value: count(staged?.changed) },
          { label: '削除', value: count(staged?.removed) },
        ],
        link: null,
      };
    }
    case 'listRollback':
      return {
        facts: [
          { label: 'リスト', value: labelOf(LIST_LABELS, proposed.list) },
          { label: '現在の版にする版', value: `第${proposed.version}版` },
        ],
        link: null,
      };
    case 'dataExport':
      return { facts: about, link: contract === null ? null : { href: contract, label: '契約を見る' } };
    case 'phoneConsent': {
      const period = `${dateText(proposed.from)}〜${dateText(proposed.through)}`;
      return {
        facts: [...about, { label: '期間', value: period }],
        link: contract === null ? null : { href: contract, label: '契約を見る' },
      };
    }
    case 'suspensionTimes': {
      const { startsAtMs, endsAtMs } = proposed;
      const end = endsAtMs === null ? '未定' : instantText(new Date(endsAtMs));
      const times = `${instantText(new Date(startsAtMs))} 〜 ${end}`;
      return { facts: [...about, { label: '変更後の期間', value: times }], link: suspensionLink(proposed) };
    }
    case 'suspensionCancel':
    case 'suspensionLift':
    case 'suspensionLifted':
      return { facts: about, link: suspensionLink(proposed) };
    case 'discontinuationCancel': {
      const href = `/staff/discontinuations/${proposed.discontinuationId}`;
      return { facts: [], link: { href, label: '廃止を見る' } };
    }
    case 'paymentMoved':
    case 'creditPaidBack':
    case 'writeOff':
    case 'monthReopened':
      return moneyWords(deps, proposed);
    case 'partnerTerms': {
      const { partnerId, terms } = proposed;
      const partner = await findPartner(deps.db, partnerId);
      return {
        facts: [
          { label: 'サービスパートナー', value: partner?.details.name ?? '（見つかりません）' },
          { label: '変更後の取引条件', value: termsText(terms) },
          { label: '適用開始日', value: dateText(terms.from) },
        ],
        link: { href: `${PARTNERS_PATH}/${partnerId}`, label: 'サービスパートナーを見る' },
      };
    }
    case 'staffAccount': {
      const { staffId, change } = proposed;
      const account = await findStaff(deps.db, staffId);
      return {
        facts: [
          { label: '担当者', value: account === null ? '（見つかりません）' : account.name },
          { label: '現在の役割', value: rolesText(account?.roles ?? []) },
          { label: '行うこと', value: accountChangeText(change) },
        ],
        link: { href: `${ACCOUNTS_PATH}/${staffId}`, label: '担当者のアカウントを見る' },
      };
    }
    case 'watchException':
    case 'watchPolicy':
      return {
        facts: [...about, ...termFacts(proposed)],
        link: { href: `${contract}/usage-watch`, label: '利用の検知の例外と基準を見る' },
      };
    case 'contractPartner': {
      const { partnerId, from } = proposed;
      const partner = partnerId === null ? null : await findPartner(deps.db, partnerId);
      const terms = partner === null ? null : termsOn(partner.terms, from);
      return {
        facts: [
          ...about,
          { label: '変更後のパートナー', value: partner?.details.name ?? 'なし（お客様に直接請求）' },
          { label: '取引条件', value: terms === null ? '' : termsText(terms) },
          { label: '変更日', value: dateText(from) },
        ],
        link: { href: `${contract}/partner`, label: '契約の支払者を見る' },
      };
    }
  }
}

const suspensionLink = ({ suspensionId }: { suspensionId: string }) => ({
  href: `/staff/suspensions/${suspensionId}`,
  label: '停止を見る',
});
