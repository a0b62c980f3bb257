import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';

/** How often a message reached the development outbox. */
export function deliveries(outboxDir: string, messageId: string): number {
  const hash = createHash('sha256').update(messageId).digest('hex').slice(0, 32);
  return readdirSync(outboxDir).filter((name) => name.endsWith(`-${hash}.eml`)).length;
}
