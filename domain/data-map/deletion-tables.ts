import type { TableEntry } from './types.ts';

/** Tables of the deletion itself and of what falls due after a contract. */
export const DELETION_TABLES: Readonly<Record<string, TableEntry>> = {
  deletion_needles: {
    title: '削除後の検索に使う語',
    purpose: '削除した後に、残りがないかを全保存先で確かめる（第22条6項）',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'later',
    retention: 'minutes',
    holds: { freeText: 'needles' },
    plain: 'contract_id key_id created_at',
  },
  deletion_objects: {
    title: '削除を待つファイル',
    purpose: '表から消えた行が指していたファイルを、確実に削除する',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'later',
    retention: 'minutes',
    holds: { digest: 'name' },
    plain: 'contract_id kind',
  },
  deletions: {
    title: 'データ削除の記録',
    purpose: '何をいつ削除し、何が残ったかの証拠（第22条6項）。件数と日付だけを持つ',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'keep',
    retention: 'record',
    holds: {},
    plain:
      'contract_id status ended_on due_on begun_at steps leftovers deleted_on verified_at proof_document_id proof_mail ' +
      'done_at sandbox created_at',
  },
  legal_holds: {
    title: '削除保留',
    purpose: '係争などのために削除を止めた記録（第22条6項）。誰がいつ止め、解いたかを残す',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'reduce',
    retention: 'grace',
    holds: { freeText: 'reason lift_reason' },
    words: 'reason lift_reason',
    plain:
      'id contract_id command_id status proposed_by proposed_at confirmed_by confirmed_at lift_proposed_by ' +
      'lift_proposed_at closed_by closed_at',
  },
  retention_dues: {
    title: '期限の一覧',
    purpose:
      '保存期限・秘密保持の終わりと、承諾に至らなかった申込の期限を、日次の処理が見つける（第19条・第22条）',
    owner: 'operator',
    of: 'contract:contract_id',
    atDeletion: 'keep',
    retention: 'record',
    holds: {},
    plain: 'id contract_id application_id kind subject_id due_on sandbox fired_at created_at',
  },
};
