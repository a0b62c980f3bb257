import type { SubjectType } from '../../../domain/desk/subjects.ts';
import type { Executor } from '../../client.ts';
import { auditEntries } from '../../schema/index.ts';
import { entryHash } from './hash.ts';

export interface AuditInput {
  actor: string;
  action: string;
  subjectType: SubjectType | 'customer' | 'staff' | 'list' | 'policy' | 'task' | 'document' | 'statistics';
  subjectId: string;
  clause?: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  reasonCode?: string;
  commandId?: string;
  businessAt?: Date;
}

/**
 * Writes an audit entry in the caller's transaction: what it tells of happens only together with it. The entry carries
 * its own hash at once and is linked into the chain by the sealer soon after (docs/decisions/006-audit-chain.md).
 */
export async function recordAudit(tx: Executor, input: AuditInput): Promise<void> {
  const entry = {
    at: new Date(),
    businessAt: input.businessAt ?? null,
    actor: input.actor,
    action: input.action,
    subjectType: input.subjectType,
    subjectId: input.subjectId,
    clause: input.clause ?? '',
    reasonCode: input.reasonCode ?? '',
    commandId: input.commandId ?? null,
  };
  const { before = null, after = null } = input;
  const hash = entryHash({ ...entry, before: jsonText(before), after: jsonText(after) });
  await tx.insert(auditEntries).values({ ...entry, before, after, entryHash: hash });
}

/** The text that the database stores for a `json` column. */
function jsonText(value: Record<string, unknown> | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
