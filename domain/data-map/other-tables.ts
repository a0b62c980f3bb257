import type { TableEntry } from './types.ts';

type Other = Pick<TableEntry, 'title' | 'purpose' | 'plain'> & Partial<Pick<TableEntry, 'holds'>>;

/** Rows that are the operator's own: lists of others, catalogues, settings. No customer is found by them. */
const operators = (owner: 'none' | 'list' | 'staff', entry: Other): TableEntry => ({
  holds: {},
  ...entry,
  owner,
  of: 'none',
  atDeletion: 'none',
  retention: 'operator',
});

/** Rows that tell of customers by ids, dates and statuses only, and therefore stay. */
const record = (entry: Other): TableEntry => ({
  holds: {},
  ...entry,
  owner: 'operator',
  of: 'none',
  atDeletion: 'keep',
  retention: 'record',
});

/** Tables without rows of a customer, every column of them. */
export const OTHER_TABLES: Readonly<Record<string, TableEntry>> = {
  commands: record({
    title: '手続きへの指示',
    purpose: '担当者とお客様の操作を、手続きが答えるまで確実に届ける。番号と日付だけを持つ',
    plain:
      'id position workflow_id update_name carries starts actor answer answered_at attempts tried_at created_at',
  }),
  attempt_counts: operators('none', {
    title: '操作の回数',
    purpose: '公開フォームとサインインの回数の上限。誰のものかは鍵付きの要約でしか分からない',
    plain: 'key points expire',
  }),
  audit_entries: record({
    title: '監査記録',
    purpose: '誰が何をいつ行ったかの証拠。番号と状態だけを持つ',
    plain:
      'sequence at business_at actor action subject_type subject_id clause before after reason_code command_id ' +
      'entry_hash',
  }),
  audit_seals: record({
    title: '監査記録の封印',
    purpose: '監査記録の改ざんを見つける連鎖',
    plain: 'position sequence entry_hash sealed_at chain_hash',
  }),
  catalogue_versions: operators('none', {
    title: '料金表の版',
    purpose: '料金の計算（第6条）',
    plain: 'version effective_on created_at',
  }),
  counters: operators('none', {
    title: '採番',
    purpose: '受付番号・契約番号の採番',
    plain: 'key value',
  }),
  discontinuation_versions: operators('none', {
    title: '廃止の計算の版',
    purpose: '廃止の影響と返金の合計（第16条）',
    holds: { freeText: 'reason' },
    plain:
      'discontinuation_id version kind made_by business_at contracts ending late cut refunds refund_yen created_at',
  }),
  discontinuations: operators('none', {
    title: '廃止',
    purpose: 'サービス・料金プランの廃止の手続き（第16条）',
    holds: { freeText: 'reason' },
    plain:
      'id command_id status sandbox plan_code last_day force_majeure entered_by reviewed_by approved_by announced_on ' +
      'version created_at updated_at',
  }),
  fee_changes: operators('none', {
    title: '料金変更',
    purpose: '料金の変更とその告知（第6条）',
    plain: 'id catalogue_version effective_on status reason catalogue entered_by approved_by created_at',
  }),
  list_import_rows: operators('list', {
    title: '照合リストの取込行',
    purpose: '照合リストの更新',
    holds: {
      personName: 'name kana aliases',
      birthDate: 'birth_date',
      address: 'address',
      phone: 'phone',
      corporateNumber: 'corporate_number',
    },
    plain: 'import_id entry_id kind',
  }),
  list_imports: operators('list', {
    title: '照合リストの取込',
    purpose: '照合リストの更新',
    plain:
      'id list file_name sha256 encoding status base_version rows added changed removed same bad_rows bad kept_entries ' +
      'unknown_rows columns warnings warning_count imported_by version taken_at created_at',
  }),
  notices: operators('none', {
    title: 'お知らせ',
    purpose: '運営会社からお客様全体への通知の文面（第17条）',
    plain:
      'id creation_key title notice_class cause_type cause_id cause_step subject_line body posting_text values ' +
      'contract_value_names audience plan_code sandbox by_mail post_on_web posted_at status version created_by ' +
      'reviewed_by approved_by approved_at recipient_count content_sha256 sending_from finished_at created_at updated_at',
  }),
  options: operators('none', {
    title: 'オプション',
    purpose: '料金表',
    plain: 'catalogue_version code name annual_fee_yen monthly_fee_yen',
  }),
  plans: operators('none', {
    title: '料金プラン',
    purpose: '料金表',
    plain:
      'catalogue_version code name rank annual_fee_yen monthly_fee_yen included_licences extra_licence_annual_yen ' +
      'extra_licence_monthly_yen',
  }),
  policies: operators('none', {
    title: '設定',
    purpose: '規約の読み方の版',
    plain: 'key version value set_by reason created_at',
  }),
  refund_batches: record({
    title: '返金リスト',
    purpose: '廃止による返金の承認（第16条）。件数と金額だけを持つ',
    plain: 'discontinuation_id batch refunds total_yen submitted_by approved_by approved_at created_at',
  }),
  rescreenings: record({
    title: '再照合の実行',
    purpose: '照合リストの更新後の照合（第10条2項③）',
    plain: 'id list version contract_id started_by status contracts done found created_at finished_at',
  }),
  screening_entries: operators('list', {
    title: '照合リストの項目',
    purpose: '反社・競合チェック',
    holds: {
      personName: 'name kana aliases',
      birthDate: 'birth_date',
      address: 'address',
      phone: 'phone',
      corporateNumber: 'corporate_number',
    },
    plain: 'list version entry_id kind entry_version',
  }),
  screening_lists: operators('list', {
    title: '照合リストの版',
    purpose: '反社・競合チェック',
    plain: 'list version current imported_by entries created_at',
  }),
  presences: operators('staff', {
    title: '開いている画面',
    purpose: '同じ案件を開いている担当者を互いに知らせる。画面を閉じると消える',
    holds: {},
    plain: 'id staff_id subject_type subject_id seen_at',
  }),
  sessions: operators('staff', {
    title: 'サインイン中の画面',
    purpose: '担当者のサインイン',
    holds: { freeText: 'came_from' },
    plain: 'token_hash staff_id csrf_token created_at last_seen_at expires_at revoked_at must_enrol',
  }),
  second_factors: operators('staff', {
    title: '担当者の確認コード',
    purpose: '担当者のサインインの二つ目の確認',
    holds: { confidentialNumber: 'secret', digest: 'recovery_hashes' },
    plain: 'staff_id last_step created_at',
  }),
  staff_links: operators('staff', {
    title: '担当者の招待',
    purpose: '担当者がパスワードを設定するリンク。リンクそのものは持たない',
    plain: 'id staff_id token_hash sent_by expires_at closed_at created_at',
  }),
  staff: operators('staff', {
    title: '担当者',
    purpose: '担当者の権限と記録',
    holds: { email: 'email', personName: 'name' },
    plain: 'id roles password_hash active sample preferences created_at',
  }),
  terms_editions: operators('none', {
    title: '利用規約の版',
    purpose: '適用される規約（第17条）',
    plain:
      'id number title effective_on status detrimental reason document_key document_sha256 content_type file_name ' +
      'body_html body_text uploaded_by approved_by created_at',
  }),
  postal_places: operators('none', {
    title: '郵便番号の表',
    purpose: '申込フォームの住所の入力（日本郵便の公開データ）',
    plain: 'code prefecture city town',
  }),
  usage_prices: operators('none', {
    title: '通信の料金',
    purpose: '料金表',
    plain: 'catalogue_version category name unit unit_price',
  }),
};
