import { TABLES } from '../processes/index.ts';
import { APPLICATION_TABLES } from './application-tables.ts';
import { DATA_PROTECTION_TABLES } from './data-protection-tables.ts';
import { DELETION_TABLES } from './deletion-tables.ts';
import type { TableEntry } from './types.ts';

/**
 * Tables with rows of a customer, every column of them: what it holds, whose it is, why, how long, and what the deletion does
 * with it (第19条〜第22条). The deletion and its verification go by this map; test/house/data-map.test.ts keeps it whole.
 */
export const CUSTOMER_TABLES: Readonly<Record<string, TableEntry>> = {
  ...APPLICATION_TABLES,
  ...DATA_PROTECTION_TABLES,
  ...DELETION_TABLES,
  ...Object.fromEntries(Object.entries<TableEntry>(TABLES).filter(([, { of }]) => of !== 'none')),
  bank_accounts: {
    title: '返金の振込先',
    purpose: '廃止にともなう返金（第16条）',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'erase',
    retention: 'grace',
    holds: {
      confidentialNumber: 'account_number',
      companyName: 'holder_kana',
      freeText: 'answer',
      file: 'storage_key',
      digest: 'sha256',
    },
    plain: 'id contract_id bank_code branch_code account_type warnings entered_by created_at',
  },
  certificates: {
    title: '契約証書',
    purpose: '契約の証拠（第5条1項）。PDFは税務書類として保存する',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'reduce',
    retention: 'tax',
    holds: {
      confidentialNumber: 'number',
      freeText: 'payload',
      file: 'storage_key',
      digest: 'sha256 verification_hash',
    },
    kept: 'number storage_key sha256 verification_hash',
    plain:
      'id contract_id cause_kind cause_ref revision issued_on period_from period_to status bytes created_at',
  },
  contacts: {
    title: '登録連絡先',
    purpose: '契約証書と通知の送付先（第12条2項）',
    owner: 'entrusted',
    of: 'contract:contract_id',
    atDeletion: 'erase',
    retention: 'grace',
    holds: { personName: 'name kana', email: 'email', phone: 'phone' },
    plain: 'id contract_id opted_out_at opted_out_how created_at',
  },
  contract_fee_changes: {
    title: '契約ごとの料金変更',
    purpose: 'どの料金表がいつから適用されるかの証拠（第6条3項・4項）',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'keep',
    retention: 'record',
    holds: {},
    plain: 'contract_id fee_change_id version_before version from noticed_on recorded_at',
  },
  contract_periods: {
    title: '利用契約期間',
    purpose: '更新と料金の計算（第5条3項）',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'keep',
    retention: 'record',
    holds: {},
    plain: 'contract_id index from to recorded_at',
  },
  contracts: {
    title: '利用契約',
    purpose: '契約の管理（第4条・第5条）。番号と日付は保存書類と監査記録の索引として残す',
    owner: 'operator',
    of: 'contract:id',
    atDeletion: 'reduce',
    retention: 'record',
    holds: {
      confidentialNumber: 'contract_number company_id',
      phone: 'phone_numbers',
      companyName: 'partner_name',
      freeText: 'campaign_terms',
    },
    kept: 'contract_number company_id',
    plain:
      'id customer_id application_id kind status concluded_on first_day ends_on discontinuation_id discontinued_on own_ends_on ' +
      'catalogue_version plan_code options licences accounts_in_use accounts_counted_on communication_payment prepaid_balance_yen terms_edition_id sandbox clock_offset_ms created_at updated_at',
  },
  customers: {
    title: 'お客様',
    purpose: '契約の相手方（第2条）。最後の契約の削除で消去する',
    owner: 'entrusted',
    of: 'customer:id',
    atDeletion: 'reduce',
    retention: 'grace',
    holds: {
      corporateNumber: 'corporate_number',
      companyName: 'name kana',
      address: 'postal_code address',
      phone: 'phone',
    },
    plain: 'id sandbox created_at',
  },
  document_corrections: {
    title: '書類の訂正記録',
    purpose: '電子帳簿保存法の訂正の記録',
    owner: 'operator',
    of: 'via:documents:document_id',
    atDeletion: 'later',
    retention: 'tax',
    holds: { freeText: 'before after reason' },
    plain: 'id document_id field corrected_by corrected_at',
  },
  discontinuation_contracts: {
    title: '廃止の対象の契約',
    purpose: '廃止による返金の計算（第16条）。削除の後は日付と金額だけを持つ',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'reduce',
    retention: 'record',
    // The account goes; that it was paid by a list stays.
    holds: { digest: 'bank_account_id' },
    plain:
      'discontinuation_id version contract_id fate basis notice_on late period_from period_to paid period_fee_yen ' +
      'unusable_days period_days fee_yen tax_yen balance_yen total_yen steps batch',
  },
  documents: {
    title: '発行書類の保存庫',
    purpose: '契約証書・請求書・削除証明書の保存（電子帳簿保存法、第22条6項）',
    owner: 'operator',
    of: 'subject',
    atDeletion: 'later',
    retention: 'tax',
    holds: {
      confidentialNumber: 'number',
      companyName: 'counterparty counterparty_folded',
      file: 'storage_key',
      digest: 'sha256 verification_hash',
    },
    plain: 'id kind subject_type subject_id document_on amount_yen bytes keep_through sandbox created_at',
  },
  mails: {
    title: 'メールの送信記録',
    purpose: '通知の到達の証拠（第4条2項・第17条3項）。種類・日時・結果だけを残す',
    owner: 'operator',
    of: 'subject',
    atDeletion: 'reduce',
    retention: 'grace',
    holds: {
      email: 'recipient',
      freeText: 'subject_line server_answer bounce_answer',
      file: 'storage_key',
    },
    plain:
      'id key kind mail_class subject_type subject_id message_id status attempts tried_at answered_at accepted_at bounced_at ' +
      'bounce_status relay_ids input business_at sandbox created_at',
  },
  notice_audience: {
    title: 'お知らせの対象',
    purpose: 'お知らせを送る契約と、その契約だけの文言（第17条）',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'reduce',
    retention: 'grace',
    holds: { freeText: 'values' },
    plain: 'notice_id contract_id',
  },
  notice_recipients: {
    title: 'お知らせの到達の記録',
    purpose: '通知がいつ到達したかの証拠（第17条3項）。日時とハッシュ値だけを持つ',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'keep',
    retention: 'record',
    holds: {},
    plain:
      'notice_id contract_id position state round accepted_at letter_sent_on letter_recorded_by mail_sha256',
  },
  personal_keys: {
    title: '個人データの暗号鍵',
    purpose: '列の暗号化（マスター鍵で包んだ鍵）。破棄するとバックアップの中のデータも読めなくなる',
    owner: 'operator',
    of: 'key:owner_id',
    atDeletion: 'reduce',
    retention: 'grace',
    holds: { digest: 'wrapped' },
    plain: 'owner_id destroyed_at created_at',
  },
  prepaid_ledger: {
    title: 'プリペイドチャージの台帳',
    purpose: '残高の増減と失効の記録（第6条5項・第10条3項）',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'keep',
    retention: 'record',
    holds: {},
    plain: 'id contract_id position key kind about amount_yen on business_at created_at',
  },
  search_index: {
    title: '検索用索引',
    purpose:
      'お客様を番号・名前・フリガナ・代表者・メール・電話で探す（鍵付きハッシュ。バックアップに含めない）',
    owner: 'operator',
    of: 'subject',
    atDeletion: 'erase',
    retention: 'grace',
    holds: { digest: 'grams' },
    plain: 'subject_type subject_id',
  },
  decision_drafts: {
    title: '判断の下書き',
    purpose: '判断の画面に入力され、まだ送信されていない理由',
    owner: 'operator',
    of: 'via:tasks:task_id',
    atDeletion: 'erase',
    retention: 'grace',
    holds: { freeText: 'values' },
    words: 'values',
    plain: 'staff_id task_id saved_at',
  },
  tasks: {
    title: '担当タスク',
    purpose: '担当者への依頼。番号と種類だけを持つ',
    owner: 'operator',
    of: 'subject',
    atDeletion: 'keep',
    retention: 'record',
    holds: {},
    plain:
      'id kind subject_type subject_id role involved excluded_staff status cause about awaited claimed_by claimed_at due_at reminded_at ' +
      'escalated_at done_at sandbox created_at',
  },
};
