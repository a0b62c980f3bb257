import type { ProcessDeclaration } from './types.ts';

/** Changes of the registered contact, of a contract or an application that is under way (第12条2項). */
export const contactChangeProcess = {
  noun: '連絡先の変更',
  statuses: {
    contactChange: {
      waiting: { label: '確認待ち', tone: 'waiting' },
      effective: { label: '登録済', tone: 'good' },
      rejected: { label: '認めない', tone: 'bad' },
    },
  },
  tasks: {
    contactChange: {
      label: '連絡先の変更の確認',
      role: 'approver',
      asks: { subject: '連絡先の変更', act: '確認' },
    },
  },
  decisions: {
    contactChange: {
      label: '連絡先の変更',
      audit: 'decision.contactChange',
      verdicts: { confirm: '認める', reject: '認めない' },
    },
  },
  audit: {
    'decision.contactChange': { label: '連絡先の変更の判断を送信しました', clause: null },
    'contact.entered': { label: '連絡先の変更を入力しました', clause: '第12条2項' },
    'contact.changed': { label: '登録された連絡先を変更しました', clause: '第12条2項' },
    'contact.rejected': { label: '二人目の担当者が連絡先の変更を認めませんでした', clause: '第12条2項' },
  },
  mails: {
    contactChanged: { label: '連絡先の変更のお知らせ' },
  },
  rights: {
    seeContact: ['operations', 'approver', 'auditor'],
    changeContact: ['operations'],
    seeBillingContacts: ['billing', 'operations', 'approver', 'auditor'],
    changeBillingContacts: ['billing', 'operations'],
  },
  shows: {
    contact: { label: '連絡先の画面', scope: 'contact', of: 'contract' },
    billingContacts: { label: '請求書の送付先の画面', scope: 'contact', of: 'contract' },
    applicationContact: { label: '申込の連絡先の画面', scope: 'application', of: 'application' },
  },
  executions: {
    contactChange: { title: '連絡先の変更の履歴', purpose: '連絡先の変更と二人目の確認（第12条2項）' },
  },
  tables: {
    billing_contacts: {
      title: '請求書の送付先',
      purpose: '請求書のメールの宛先（第6条2項・第12条2項）',
      owner: 'entrusted',
      of: 'customer:customer_id',
      atDeletion: 'erase',
      retention: 'grace',
      holds: { personName: 'name kana', email: 'email', phone: 'phone' },
      plain: 'id customer_id partner_id removed_at created_at',
    },
    contact_changes: {
      title: '登録連絡先の変更',
      purpose: '誰がいつ連絡先を変え、誰が確認したか（第12条2項）',
      owner: 'entrusted',
      of: 'subject',
      atDeletion: 'erase',
      retention: 'grace',
      holds: { personName: 'name kana', email: 'email former_email', phone: 'phone', freeText: 'reason' },
      plain:
        'id subject_type subject_id billing_contact_id removes fields needs_second status entered_by decided_by decided_at sandbox created_at',
    },
  },
} as const satisfies ProcessDeclaration;
