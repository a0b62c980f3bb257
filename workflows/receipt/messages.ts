/** One workflow for each receipt; the contract stands first, for its deletion. */
export const receiptWorkflowId = ({ contractId, receiptId }: ReceiptInput): string =>
  `receipt/${contractId}/${receiptId}`;

export interface ReceiptInput {
  receiptId: string;
  contractId: string;
  /** Whether it is mailed; else staff hand it over. */
  mailed: boolean;
  sandbox: boolean;
}
