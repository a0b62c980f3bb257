import { deliverOrReport } from '../delivery.ts';
import { Desk } from '../desk.ts';
import { Lane } from '../lane.ts';
import { receipts } from '../ports.ts';
import type { ReceiptInput } from './messages.ts';

/**
 * Draws, signs and archives a receipt that was issued (領収書, 第6条2項), and mails it where that was asked for. A mail that is refused
 * becomes a task; nothing here waits for a person.
 */
export async function receipt({ receiptId, contractId, mailed, sandbox }: ReceiptInput): Promise<void> {
  await receipts.drawReceipt({ receiptId });
  if (!mailed) return;
  const about = { subjectType: 'contract' as const, subjectId: contractId };
  const desk = new Desk({ ...about, sandbox }, new Lane());
  const contacts = await receipts.receiptContacts({ receiptId });
  for (const billingContactId of contacts.length === 0 ? [null] : contacts) {
    const to = billingContactId === null ? {} : { billingContactId };
    const key = ['receipt', receiptId, ...Object.values(to)].join('/');
    const mail = { key, kind: 'receiptIssued' as const, ...about, receiptId, ...to };
    await deliverOrReport(desk, { ...mail, businessMs: Date.now() });
  }
  await desk.handOver();
}
