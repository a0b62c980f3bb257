import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq } from 'drizzle-orm';
import { POLICIES, type PolicyKey, type PolicyValue, policyValue } from '../../../domain/policy/policies.ts';
import type { Database } from '../../client.ts';
import { policies } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';

export interface NewPolicyVersion<K extends PolicyKey> {
  key: K;
  value: PolicyValue<K>;
  /** The version that the person saw, 0 for the default: a newer one means that somebody else was faster. */
  afterVersion: number;
  setBy: string;
  reason: string;
}

/**
 * Sets a policy from now on, with its audit entry. Dates that were computed before stay: they are stored with the requests
 * they belong to. Returns the version, the same one for a repeat, or null when somebody else set another one meanwhile.
 */
export async function setPolicy<K extends PolicyKey>(
  db: Database,
  input: NewPolicyVersion<K>,
): Promise<number | null> {
  const { key, afterVersion, setBy, reason } = input;
  const value = storedValue(policyValue(key, input.value));
  const version = afterVersion + 1;
  return db.transaction(async (tx) => {
    const [before] = await tx
      .select()
      .from(policies)
      .where(eq(policies.key, key))
      .orderBy(desc(policies.version))
      .limit(1);
    const made = await tx
      .insert(policies)
      .values({ key, version, value, setBy, reason })
      .onConflictDoNothing()
      .returning({ version: policies.version });
    if (made.length === 0) {
      const [there] = await tx
        .select()
        .from(policies)
        .where(and(eq(policies.key, key), eq(policies.version, version)));
      const same = there?.setBy === setBy && there.reason === reason && isDeepStrictEqual(there.value, value);
      return same ? version : null;
    }
    await recordAudit(tx, {
      actor: setBy,
      action: 'policy.set',
      subjectType: 'policy',
      subjectId: key,
      clause: POLICIES[key].clause,
      before: { version: before?.version ?? 0, value: before?.value ?? storedValue(POLICIES[key].default) },
      after: { version, value },
    });
    return version;
  });
}

/** As the `jsonb` column holds it. */
export function storedValue(value: PolicyValue<PolicyKey>): string | number | (string | number)[] {
  return typeof value === 'object' ? [...value] : value;
}
