import type { Answered } from './process.ts';

/** What carries no news: asked for every few seconds by whoever looks after the process. */
const SILENT = ['/healthz', '/readyz'];

/**
 * An answer as a line of the log, null where there is nothing to say: what was asked for by the pattern of its route, in which no
 * id, token or search stands; never who asked, nor from where.
 */
export function accessLine({ method, route, status, seconds }: Answered): {
  method: string;
  route: string;
  status: number;
  ms: number;
} | null {
  if (SILENT.includes(route) && status < 400) return null;
  return { method, route, status, ms: Math.round(seconds * 1_000) };
}
