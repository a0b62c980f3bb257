import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import ipaddr from 'ipaddr.js';

/** A network is what one customer of a provider has of IPv6: whoever has one address of it has all. */
const IPV6_NETWORK_BITS = 64;

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** Addresses and networks, separated by commas. Throws for what is neither. */
export function readRanges(text: string): Range[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => (part.includes('/') ? ipaddr.parseCIDR(part) : wholeAddress(part)));
}

function wholeAddress(text: string): Range {
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/**
 * Whom a request comes from, as limits count: the last hop that is no trusted proxy, read from the right of X-Forwarded-For, for
 * what lies left of it anybody can write. IPv6 by network. 'unknown' where there is no connection.
 */
export function clientAddress(c: Context, proxies: readonly Range[]): string {
  const forwarded = (c.req.header('X-Forwarded-For') ?? '').split(',').reverse();
  let client = addressOf(remoteAddress(c));
  for (const hop of forwarded) {
    if (client === null || !isAmong(client, proxies)) break;
    const before = addressOf(hop);
    // A proxy that says nothing readable is counted itself.
    if (before === null) break;
    client = before;
  }
  if (client === null) return 'unknown';
  if (client.kind() === 'ipv4') return client.toString();
  return ipaddr.IPv6.networkAddressFromCIDR(`${client.toString()}/${IPV6_NETWORK_BITS}`).toString();
}

function remoteAddress(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? '';
  } catch {
    return '';
  }
}

type Address = ReturnType<typeof ipaddr.process>;

/** An address with or without its port, IPv4 in IPv6 as IPv4; null for anything else. */
function addressOf(text: string): Address | null {
  const bare = text.trim().replace(/^\[(.*)\](?::\d+)?$/, '$1');
  const plain = /^[\d.]+:\d+$/.test(bare) ? bare.slice(0, bare.indexOf(':')) : bare;
  return ipaddr.isValid(plain) ? ipaddr.process(plain) : null;
}

function isAmong(address: Address, ranges: readonly Range[]): boolean {
  return ranges.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}
