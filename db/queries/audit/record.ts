import { AUDIT, type AuditAction, type SubjectType } from '../../../domain/processes/index.ts';
import type { Executor } from '../../client.ts';
import { auditEntries } from '../../schema/index.ts';
import { entryHash } from './hash.ts';

/** Actions whose clause only the case knows: a ground, a kind of request. */
type ActionOfCase = { [A in AuditAction]: (typeof AUDIT)[A]['clause'] extends null ? A : never }[AuditAction];

type Action =
  | { action: ActionOfCase; clause: string }
  | { action: Exclude<AuditAction, ActionOfCase>; clause?: never };

export type AuditInput = Action & {
  actor: string;
  subjectType: SubjectType | 'customer' | 'staff' | 'list' | 'policy' | 'task' | 'document' | 'statistics';
  subjectId: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
  reasonCode?: string;
  commandId?: string;
  businessAt?: Date;
};

/**
 * Writes an audit entry in the caller's transaction: what it tells of happens only together with it. The entry carries
 * its own hash at once and is linked into the chain by the sealer soon after (docs/decisions/006-audit-chain.md).
 */
export function recordAudit(tx: Executor, input: AuditInput): Promise<void> {
  return recordAudits(tx, [input]);
}

/** The same of many, in one statement. */
export async function recordAudits(tx: Executor, inputs: readonly AuditInput[]): Promise<void> {
  if (inputs.length > 0) await tx.insert(auditEntries).values(inputs.map(rowOf));
}

function rowOf(input: AuditInput) {
  const entry = {
    at: new Date(),
    businessAt: input.businessAt ?? null,
    actor: input.actor,
    action: input.action,
    subjectType: input.subjectType,
    subjectId: input.subjectId,
    clause: input.clause ?? AUDIT[input.action].clause ?? '',
    reasonCode: input.reasonCode ?? '',
    commandId: input.commandId ?? null,
  };
  const { before = null, after = null } = input;
  const hash = entryHash({ ...entry, before: jsonText(before), after: jsonText(after) });
  return { ...entry, before, after, entryHash: hash };
}

/** The text that the database stores for a `json` column. */
function jsonText(value: Record<string, unknown> | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
