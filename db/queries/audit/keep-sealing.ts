import type { Database } from '../../client.ts';
import { repeat } from '../../repeat.ts';
import { type AuditHead, sealAudit } from './seal.ts';

/**
 * Seals new audit entries every `everyMs` until it is stopped, at the start all that are open. `onSealed` gets each new
 * end of the chain: written to a log outside of the database it later proves that nothing was cut off. A failure goes
 * to `onError` and is tried again.
 */
export function keepSealing(
  db: Database,
  options: {
    everyMs: number;
    onSealed: (head: AuditHead & { sealed: number }) => void;
    onError: (error: unknown) => void;
  },
): { stop(): Promise<void> } {
  let everything = true;
  return repeat({
    everyMs: options.everyMs,
    onError: options.onError,
    work: async () => {
      const head = await sealAudit(db, () => new Date(), { everything });
      everything = false;
      if (head.sealed > 0) options.onSealed(head);
    },
  });
}
