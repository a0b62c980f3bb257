import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第6条2項';

/** Service partners: what is agreed with each, which contracts they pay or bring papers for, what they have to hand in (第6条2項). */
export const partnerProcess = {
  noun: 'サービスパートナー',
  subjects: { partner: '/staff/partners' },
  tasks: {
    partnerPapers: {
      label: 'パートナーを通る書類の確認',
      role: 'billing',
      asks: { subject: 'パートナーを通る書類', act: '控えの登録' },
      done: 'inItsRow',
    },
  },
  audit: {
    'partner.registered': { label: 'サービスパートナーを登録しました', clause: CLAUSE },
    'partner.changed': { label: 'サービスパートナーの登録を変更しました', clause: CLAUSE },
    'partner.terms': { label: 'サービスパートナーの取引条件を登録しました', clause: CLAUSE },
    'partner.contractMoved': { label: '契約の支払者を変更しました', clause: CLAUSE },
    'partner.handedOver': { label: 'パートナーによる請求書の交付を記録しました', clause: CLAUSE },
    'partner.copyKept': { label: 'パートナーが交付した請求書の写しを保存しました', clause: CLAUSE },
  },
  rights: {
    seePartners: ['billing', 'approver', 'operations', 'admin', 'auditor'],
    changePartners: ['billing', 'operations'],
    keepPartnerPapers: ['billing'],
  },
  pages: {
    partners: { section: '請求', href: '/staff/partners', label: 'パートナー', right: 'seePartners' },
  },
  tables: {
    partners: {
      title: 'サービスパートナー',
      purpose: '契約の支払者、書類の宛先（第6条2項）',
      owner: 'none',
      of: 'none',
      atDeletion: 'none',
      retention: 'operator',
      holds: {},
      plain: 'id corporate_number created_by created_at',
    },
    partner_details: {
      title: 'サービスパートナーの名称・所在地',
      purpose: '書類の宛先。以前の値も残す（第6条2項）',
      owner: 'none',
      of: 'none',
      atDeletion: 'none',
      retention: 'operator',
      holds: { companyName: 'name', address: 'postal_code address' },
      plain: 'id partner_id registration_number registry_state checked_at command_id entered_by created_at',
    },
    partner_terms: {
      title: 'サービスパートナーの取引条件',
      purpose: '誰に、いくらで、どの書類を出すか（第6条2項）',
      owner: 'none',
      of: 'none',
      atDeletion: 'none',
      retention: 'operator',
      holds: {},
      plain: 'id position partner_id valid_from mode rate_percent entered_by confirmed_by created_at',
    },
    contract_partners: {
      title: '契約の支払者',
      purpose: 'どの契約を、いつから、どのパートナーが支払うか（第6条2項）',
      owner: 'operator',
      of: 'contract:contract_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'id position contract_id partner_id valid_from entered_by confirmed_by created_at',
    },
    paper_copies: {
      title: 'パートナーを通る書類の控え',
      purpose: '代理交付の交付日、媒介者交付の写しの受領日（第6条2項）。写しは発行書類の保存庫にある',
      owner: 'operator',
      of: 'via:papers:paper_id',
      atDeletion: 'keep',
      retention: 'record',
      holds: {},
      plain: 'paper_id kind happened_on recorded_by recorded_at',
    },
  },
} as const satisfies ProcessDeclaration;
