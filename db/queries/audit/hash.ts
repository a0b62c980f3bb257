import { createHash } from 'node:crypto';

/** An audit entry as it is hashed: `before` and `after` as the JSON text that is stored. */
export interface HashedEntry {
  at: Date;
  businessAt: Date | null;
  actor: string;
  action: string;
  subjectType: string;
  subjectId: string;
  clause: string;
  before: string | null;
  after: string | null;
  reasonCode: string;
  commandId: string | null;
}

export interface HashedSeal {
  position: number;
  sequence: number;
  entryHash: string;
  sealedAt: Date;
}

/** What the first seal has for the hash of the one before it. */
export const CHAIN_START = '0'.repeat(64);

/** Hex SHA-256 over one JSON text of all fields, always in this order. */
export function entryHash(entry: HashedEntry): string {
  return sha256({
    at: entry.at.toISOString(),
    businessAt: entry.businessAt?.toISOString() ?? null,
    actor: entry.actor,
    action: entry.action,
    subjectType: entry.subjectType,
    subjectId: entry.subjectId,
    clause: entry.clause,
    before: entry.before,
    after: entry.after,
    reasonCode: entry.reasonCode,
    commandId: entry.commandId,
  });
}

/** Hex SHA-256 of a seal on top of the chain that ends with `previous`. */
export function chainHash(previous: string, seal: HashedSeal): string {
  return sha256({
    previous,
    position: seal.position,
    sequence: seal.sequence,
    entryHash: seal.entryHash,
    sealedAt: seal.sealedAt.toISOString(),
  });
}

function sha256(value: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
