import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../db/client.ts';
import { verifyAudit } from '../db/queries/audit/verify.ts';
import { repeat } from '../db/repeat.ts';

/** The whole log is read, so not more often. */
const EVERY_MS = 24 * 3_600_000;

/** Reads the audit log with its chain once a day, and says when that was and how much is wrong. */
export function keepVerifyingAudit(
  registry: Registry,
  { db, onError }: { db: Database; onError: (error: unknown) => void },
): { stop: () => Promise<void> } {
  const at = new Gauge({
    name: 'hasso_audit_verified_timestamp_seconds',
    help: 'When the audit log was compared with its chain last',
    registers: [registry],
  });
  const problems = new Gauge({
    name: 'hasso_audit_problems',
    help: 'What that comparison found wrong',
    registers: [registry],
  });
  return repeat({
    everyMs: EVERY_MS,
    work: async () => {
      const found = await verifyAudit(db);
      problems.set(found.problems.length);
      at.setToCurrentTime();
    },
    onError,
  });
}
