import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The environment of a stack's processes, as its folder keeps it. */
export function environmentOf(stateDir: string): Record<string, string> {
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(stateDir, 'env.json'), 'utf8')));
}
