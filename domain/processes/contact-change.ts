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
    contactChange: { label: '連絡先の変更の確認', role: 'approver', silence: 'remindsAndEscalates' },
  },
  audit: {
    'contact.entered': { label: '連絡先の変更を入力しました', clause: '第12条2項' },
    'contact.changed': { label: '登録された連絡先を変更しました', clause: '第12条2項' },
    'contact.rejected': { label: '二人目の担当者が連絡先の変更を認めませんでした', clause: '第12条2項' },
  },
  mails: {
    contactChanged: { label: '連絡先の変更のお知らせ' },
  },
  rights: {
    seeContact: ['operations', 'approver'],
    changeContact: ['operations'],
  },
  shows: {
    contact: { label: '連絡先の画面', scope: 'contact', of: 'contract' },
    applicationContact: { label: '申込の連絡先の画面', scope: 'application', of: 'application' },
  },
} as const satisfies ProcessDeclaration;
