import { z } from 'zod';
import type { WebConfig } from '../dependencies.ts';
import { seal, unseal } from '../http/signing.ts';
import type { ReceiptFacts } from './apply-pages.tsx';

const receiptSchema = z.object({
  receiptNumber: z.string(),
  kind: z.enum(['application', 'correction', 'withdrawal']),
  sandbox: z.boolean(),
});

/** The address of a receipt: what it shows travels signed in the address, so that nobody can look up another's. */
export function receiptPath(config: WebConfig, receipt: ReceiptFacts): string {
  return `/apply/receipt/${seal(config.SESSION_SECRET, 'receipt', JSON.stringify(receipt))}`;
}

/** What a receipt's address says, or null when it was not made here. */
export function openReceipt(config: WebConfig, sealed: string): ReceiptFacts | null {
  const text = unseal(config.SESSION_SECRET, 'receipt', sealed);
  return text === null ? null : receiptSchema.parse(JSON.parse(text));
}
