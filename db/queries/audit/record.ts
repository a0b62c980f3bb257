import type { Executor } from '../../client.ts';
import { auditEntries } from '../../schema/index.ts';

export interface AuditInput {
  actor: string;
  action: string;
  subjectType: 'application' | 'contract' | 'customer' | 'staff' | 'list' | 'policy' | 'task';
  subjectId: string;
  clause?: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  reasonCode?: string;
  commandId?: string;
  businessAt?: Date;
}

/** Writes an audit entry in the caller's transaction: what it tells of happens only together with it. */
export async function recordAudit(tx: Executor, entry: AuditInput): Promise<void> {
  await tx.insert(auditEntries).values(entry);
}
