import type { ProcessDeclaration } from './types.ts';

const CLAUSE = '第6条2項';

/** The watched folder for files of the bank (第6条2項): what cannot be taken is set aside, for a person. */
export const bankFolderProcess = {
  noun: '取り込めなかった入金のファイル',
  subjects: { refusedBankFile: '/staff/payments/refused' },
  tasks: {
    bankFileRefused: {
      label: '取り込めなかった入金のファイル',
      role: 'billing',
      asks: { subject: '入金のファイル', act: '確認' },
      done: 'bySaying',
    },
  },
  audit: {
    'bankFile.refused': { label: '入金のファイルを取り込めませんでした', clause: CLAUSE },
    'bankFile.downloaded': { label: '取り込めなかった入金のファイルを閲覧しました', clause: CLAUSE },
  },
  tables: {
    refused_bank_files: {
      title: '取り込めなかった入金のファイル',
      purpose: '取り込めなかった銀行の明細の原本と理由（第6条2項）',
      owner: 'operator',
      of: 'none',
      atDeletion: 'none',
      retention: 'tax',
      holds: { freeText: 'file_name reason', file: 'storage_key', digest: 'sha256' },
      plain: 'id bytes refused_at created_at',
    },
  },
} as const satisfies ProcessDeclaration;
