import { createHash } from 'node:crypto';

/** The UUID (version 8, RFC 9562) that always belongs to a name: for rows that have one id however often they are written. */
export function nameUuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join('-');
}
