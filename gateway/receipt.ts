import { issueReceipt, type NewReceipt } from '../db/queries/receipt/issue.ts';
import type { Answer } from '../domain/base/answers.ts';
import { BACKGROUND_QUEUE } from '../domain/desk/queues.ts';
import { receiptWorkflowId } from '../workflows/receipt/messages.ts';
import type { Outbox } from './outbox.ts';

/** Receipts for paid invoices. */
export function receiptGateway(outbox: Outbox) {
  return {
    /** Issues one, once for its form, and has it drawn and, where that is asked for, mailed; a refusal issues nothing. */
    issue: ({ mailed, ...asked }: NewReceipt & { mailed: boolean }): Promise<Answer> =>
      outbox.begin(
        (tx) => issueReceipt(tx, asked),
        (answer) => {
          if (!answer.ok || !answer.isNew) return null;
          const { id: receiptId, contractId, sandbox } = answer.receipt;
          const input = { receiptId, contractId, mailed, sandbox };
          return {
            ...{ workflowId: receiptWorkflowId(input), workflowType: 'receipt' },
            actor: { kind: 'staff', id: asked.issuedBy },
            ...{ taskQueue: BACKGROUND_QUEUE, args: [input] },
          };
        },
      ),
  };
}
