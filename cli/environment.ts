import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Lets commands reach the stack that `npm start` runs in this clone: its settings count where the environment has
 * none. Without a stack nothing changes, and a command that needs a setting says which.
 */
export function useRunningStack(): void {
  const file = join(fileURLToPath(new URL('..', import.meta.url)), 'var/dev/env.json');
  let settings: Record<string, string>;
  try {
    settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch {
    return;
  }
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
}
