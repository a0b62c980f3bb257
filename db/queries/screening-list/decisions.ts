import { eq, inArray } from 'drizzle-orm';
import type { Executor, Transaction } from '../../client.ts';
import { seal } from '../../personal/tags.ts';
import { decisions, type FindingEvidence, type ListName, screeningDecisions } from '../../schema/index.ts';

/** What a decision about a match is kept by. */
export interface DecisionKey {
  list: ListName;
  entryId: string;
  entryVersion: number;
  subjectKey: string;
}

export type RememberedDecision = typeof screeningDecisions.$inferSelect;

const keyText = ({ list, entryId, entryVersion, subjectKey }: DecisionKey) =>
  JSON.stringify([list, entryId, entryVersion, subjectKey]);

/** Earlier decisions about the same subjects and entries: a function that finds the one for a key, or null. */
export async function findDecisions(
  db: Executor,
  keys: readonly DecisionKey[],
): Promise<(key: DecisionKey) => RememberedDecision | null> {
  if (keys.length === 0) return () => null;
  const rows = await db
    .select()
    .from(screeningDecisions)
    .where(inArray(screeningDecisions.subjectKey, [...new Set(keys.map(({ subjectKey }) => subjectKey))]));
  const found = new Map(rows.map((row) => [keyText(row), row]));
  return (key) => found.get(keyText(key)) ?? null;
}

/** Keeps what a person decided about a match; the last decision counts. Other findings are not remembered. */
export async function rememberDecision(
  tx: Transaction,
  finding: { id: string; evidence: FindingEvidence },
  decision: { verdict: 'confirmed' | 'released'; staffId: string; reason: string; at: Date; ownerId: string },
): Promise<void> {
  const { listName: list, entryId, entryVersion, subjectKey } = finding.evidence;
  if (entryId === undefined || entryVersion === undefined || subjectKey === undefined) return;
  if (list !== 'antisocial' && list !== 'competitor' && list !== 'internal') return;
  const { verdict, staffId: decidedBy, at: decidedAt, ownerId } = decision;
  const reason = seal(ownerId, decision.reason);
  const values = { verdict, decidedBy, decidedAt, reason, findingId: finding.id };
  await tx
    .insert(screeningDecisions)
    .values({ list, entryId, entryVersion, subjectKey, ...values })
    .onConflictDoUpdate({
      target: [
        screeningDecisions.list,
        screeningDecisions.entryId,
        screeningDecisions.entryVersion,
        screeningDecisions.subjectKey,
      ],
      set: values,
    });
}

/** Reason code and words of the decision that the console wrote. */
export async function wordsOfDecision(
  tx: Transaction,
  decisionId: string,
): Promise<{ reasonCode: string; reason: string }> {
  const [decision] = await tx
    .select({ reasonCode: decisions.reasonCode, reason: decisions.reason })
    .from(decisions)
    .where(eq(decisions.id, decisionId));
  return decision ?? { reasonCode: '', reason: '' };
}
