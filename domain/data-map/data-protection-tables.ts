import type { TableEntry } from './types.ts';

/** Tables about how customers' data was looked at, asked for and disclosed, every column of them (docs/data.md). */
export const DATA_PROTECTION_TABLES: Readonly<Record<string, TableEntry>> = {
  data_requests: {
    title: '開示等の請求',
    purpose: '本人・お客様からの請求への回答の記録（個人情報保護法、第19条6項・第20条）',
    owner: 'entrusted',
    of: 'application:application_id',
    atDeletion: 'reduce',
    retention: 'grace',
    holds: { personName: 'person_name requester_name', address: 'reply_to', freeText: 'details' },
    plain:
      'id command_id contract_id application_id kind about channel received_on due_on first_due_on status ' +
      'identity_check identity_by identity_at answered_at entered_by sandbox created_at',
  },
  data_views: {
    title: 'お客様のデータの閲覧記録',
    purpose: '誰がどの契約・申込のデータを見たかの証拠（第13条2項・第20条）。番号だけを持つ',
    owner: 'operator',
    of: 'none',
    atDeletion: 'keep',
    retention: 'record',
    holds: {},
    plain: 'id at staff_id page scope contract_id application_id consent_ids',
  },
  disclosure_files: {
    title: '公的機関に渡したファイル',
    purpose: '何を渡したかの証拠。名前とハッシュ値だけを持つ（第22条1項）',
    owner: 'operator',
    of: 'via:disclosure_steps:step_id',
    atDeletion: 'later',
    retention: 'secrecy',
    holds: { freeText: 'file_name', digest: 'sha256' },
    plain: 'id step_id bytes',
  },
  disclosure_steps: {
    title: '公的機関への開示の経過',
    purpose: '承認、引渡し、お客様への連絡の証拠（第4条3項・第22条1項）',
    owner: 'operator',
    of: 'via:disclosures:disclosure_id',
    atDeletion: 'later',
    retention: 'secrecy',
    holds: { personName: 'recipient', freeText: 'note' },
    plain: 'id command_id disclosure_id stage outcome happened_on staff_id created_at',
  },
  disclosures: {
    title: '公的機関への開示',
    purpose: '誰が、どの法令により、何を求めたかの証拠（第4条3項・第22条1項）',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'later',
    retention: 'secrecy',
    holds: {
      personName: 'officer',
      freeText: 'basis_text scope file_name',
      file: 'storage_key',
      digest: 'sha256',
    },
    plain: 'id command_id contract_id received_on authority legal_basis requested_by sandbox created_at',
  },
  statistics_editions: {
    title: '公表した統計',
    purpose: '締まった月の契約の件数。小さな集団は含まない（第14条1項）',
    owner: 'none',
    of: 'none',
    atDeletion: 'none',
    retention: 'operator',
    holds: {},
    plain: 'month sandbox as_of min_group tables labels created_at',
  },
  support_consents: {
    title: 'サポートの同意',
    purpose: 'サポートがお客様のデータを見ることへの同意（第13条2項）',
    owner: 'entrusted',
    of: 'contract:contract_id',
    atDeletion: 'reduce',
    retention: 'grace',
    holds: { freeText: 'note file_name', file: 'storage_key', digest: 'sha256' },
    plain:
      'id command_id contract_id contact_id scope valid_from valid_through way recorded_by needs_second ' +
      'confirmed_by withdrawn_at withdrawn_by sandbox created_at',
  },
};
