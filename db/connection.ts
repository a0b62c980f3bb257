import { readFileSync } from 'node:fs';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { whyUnreachable } from '../domain/base/unreachable.ts';
import type { Database } from './client.ts';

/**
 * A pool on an address as libpq writes it: `sslmode=verify-full` asks for a certificate of that very host, from an authority in
 * the file that `sslrootcert` names, else from a public one. Throws where that file cannot be read.
 */
export function openPool(address: string, max: number): postgres.Sql {
  const url = new URL(address);
  const authority = url.searchParams.get('sslrootcert');
  const verified = url.searchParams.get('sslmode') === 'verify-full';
  if (authority !== 'system') url.searchParams.delete('sslrootcert');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const ssl = {
    ...(authority === null || authority === 'system' ? {} : { ca: readAuthority(authority) }),
    // The driver names no server where the host is an address.
    checkServerIdentity: (_: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate),
  };
  return postgres(url.href, { max, onnotice: () => undefined, ...(verified ? { ssl } : {}) });
}

function readAuthority(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`sslrootcert: ${path} cannot be read: ${whyUnreachable(error)}`);
  }
}

/** Throws a sentence that names the server, and no password, when no statement can be run there. */
export async function requireDatabase(db: Database, address: string): Promise<void> {
  try {
    await db.execute(sql`select 1`);
  } catch (error) {
    const { hostname, port, pathname, username } = new URL(address);
    const place = `${hostname}:${port === '' ? '5432' : port}${pathname}`;
    throw new Error(`Postgres at ${place} (user ${username}): ${whyUnreachable(error)}`, { cause: error });
  }
}
