import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { auditEntries, auditSeals } from '../../schema/index.ts';
import { CHAIN_START, chainHash } from './hash.ts';

/** Any number, the same everywhere: one sealer at a time. Writers of entries never wait for it. */
const LOCK = 7_160_502;
const BATCH = 2_000;
/** No transaction stays open while this many other entries are written; a full run looks further all the same. */
const LOOK_BACK = 100_000;

/** Where the chain ends. Whoever keeps it outside of the database can tell later that nothing was cut off. */
export interface AuditHead {
  position: number;
  chainHash: string;
}

/** The end of the chain; position 0 before the first seal. */
export async function auditHead(db: Executor): Promise<AuditHead> {
  const [head] = await db
    .select({ position: auditSeals.position, chainHash: auditSeals.chainHash })
    .from(auditSeals)
    .orderBy(desc(auditSeals.position))
    .limit(1);
  return head ?? { position: 0, chainHash: CHAIN_START };
}

/**
 * Links the entries that are not in the chain yet, in the order of their numbers; one that was committed late is linked
 * by a later run. `everything` looks at all entries instead of the recent ones. Returns the new end of the chain.
 */
export async function sealAudit(
  db: Executor,
  now: () => Date,
  options: { everything?: boolean } = {},
): Promise<AuditHead & { sealed: number }> {
  let sealed = 0;
  for (;;) {
    const step = await db.transaction((tx) => sealBatch(tx, now(), options.everything ?? false));
    sealed += step.sealed;
    if (step.sealed < BATCH) return { ...step.head, sealed };
  }
}

async function sealBatch(
  tx: Executor,
  sealedAt: Date,
  everything: boolean,
): Promise<{ head: AuditHead; sealed: number }> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
  let head = await auditHead(tx);
  const last = sql`(select coalesce(max(${auditSeals.sequence}), 0) from ${auditSeals})`;
  const floor = everything ? sql`0` : sql`${last} - ${LOOK_BACK}`;
  const entries = await tx
    .select({ sequence: auditEntries.sequence, entryHash: auditEntries.entryHash })
    .from(auditEntries)
    .leftJoin(auditSeals, eq(auditSeals.sequence, auditEntries.sequence))
    .where(and(gt(auditEntries.sequence, floor), isNull(auditSeals.sequence)))
    .orderBy(asc(auditEntries.sequence))
    .limit(BATCH);
  const seals = entries.map((entry) => {
    const seal = { ...entry, position: head.position + 1, sealedAt };
    head = { position: seal.position, chainHash: chainHash(head.chainHash, seal) };
    return { ...seal, chainHash: head.chainHash };
  });
  if (seals.length > 0) await tx.insert(auditSeals).values(seals);
  return { head, sealed: seals.length };
}
