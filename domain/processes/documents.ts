import type { ProcessDeclaration } from './types.ts';

/** Certificates (第5条1項) and the archive of what was issued; what of it leaves the house (第12条2項, 第25条). */
export const documentsProcess = {
  noun: '書類',
  statuses: {
    certificate: {
      current: { label: '現行', tone: 'good' },
      superseded: { label: '旧版', tone: 'neutral' },
    },
  },
  tasks: {
    certificateProblem: {
      label: '契約証書の確認',
      role: 'operations',
      asks: { subject: '契約証書', act: '確認' },
    },
  },
  audit: {
    'certificate.issued': { label: '契約証書を発行しました', clause: '第5条1項' },
    'certificate.downloaded': { label: '契約証書を閲覧しました', clause: '第12条2項' },
    'certificate.previewed': { label: '契約証書の見本を表示しました', clause: '第12条2項' },
    'document.downloaded': { label: '添付書類を閲覧しました', clause: null },
    'document.opened': { label: '保存された書類を閲覧しました', clause: '第12条2項' },
    'document.corrected': { label: '保存された書類の検索項目を訂正しました', clause: '' },
    'archive.exported': { label: '保存された書類を一括で出力しました', clause: '第12条2項' },
    'evidence.exported': { label: '契約の証拠を一括で出力しました', clause: '第25条' },
  },
  mails: {
    certificateIssued: { label: '契約証書の送付' },
  },
  rights: {
    /** Contract number and company ID stand in both: whoever may not see those sees no certificate. */
    downloadCertificate: ['operations', 'approver', 'billing', 'legal', 'support', 'auditor'],
    openArchived: ['operations', 'approver', 'billing', 'legal', 'auditor'],
    seeArchive: ['operations', 'approver', 'billing', 'legal', 'admin', 'auditor'],
    correctArchive: ['billing', 'operations'],
  },
  pages: {
    archive: { section: '書類', href: '/staff/archive', label: '書類', right: 'seeArchive' },
  },
  shows: {
    certificate: { label: '契約証書', scope: 'contact', of: 'contract' },
    archivedDocument: { label: '保存された書類', scope: 'contact', of: 'document' },
  },
  ports: { documents: 'background' },
} as const satisfies ProcessDeclaration;
