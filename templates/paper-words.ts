/** Kinds of papers about money (第6条2項・5項, 第16条), as they are called on their face and in mails. */
export type PaperKind =
  | 'invoice'
  | 'statement'
  | 'topUp'
  | 'usageStatement'
  | 'returnInvoice'
  | 'refundNotice';

export interface PaperWords {
  name: string;
  /** Before its number. */
  reference: string;
  /** Before its sum, tax included. */
  amount: string;
  /** Money goes to the recipient: nothing is to be paid. */
  isReturn: boolean;
}

export const PAPER_WORDS: Record<PaperKind, PaperWords> = {
  invoice: { name: '請求書', reference: '請求書番号', amount: 'ご請求金額（税込）', isReturn: false },
  statement: { name: '精算書', reference: '精算書番号', amount: 'ご精算金額（税込）', isReturn: false },
  topUp: {
    ...{ name: 'チャージ請求書', reference: '請求書番号' },
    ...{ amount: 'ご請求金額', isReturn: false },
  },
  usageStatement: {
    ...{ name: '利用明細書', reference: '利用明細書番号' },
    ...{ amount: 'ご利用金額（税込）', isReturn: false },
  },
  returnInvoice: {
    ...{ name: '適格返還請求書', reference: '書類番号' },
    ...{ amount: 'ご返金額（税込）', isReturn: true },
  },
  refundNotice: {
    ...{ name: '返金のお知らせ', reference: '書類番号' },
    ...{ amount: 'ご返金額（税込）', isReturn: true },
  },
};
