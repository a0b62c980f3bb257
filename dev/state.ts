import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const stateSchema = z.object({
  ports: z.record(z.string(), z.number()).default({}),
  secrets: z.record(z.string(), z.string()).default({}),
  webUrl: z.string().optional(),
  sampleDataDone: z.boolean().default(false),
});

/** What a stack remembers from one start to the next. */
export type StackState = z.infer<typeof stateSchema>;

export function readState(stateDir: string): StackState {
  const text = readOptional(join(stateDir, 'state.json'));
  return stateSchema.parse(text === undefined ? {} : JSON.parse(text));
}

/** Changes the remembered state; other fields stay. Only the holder of the stack's lock may call it. */
export function updateState(stateDir: string, change: Partial<StackState>): void {
  writeJson(join(stateDir, 'state.json'), { ...readState(stateDir), ...change });
}

/** The secrets of these names, made on the first call and the same from then on. */
export function rememberedSecrets<Name extends string>(
  stateDir: string,
  names: readonly Name[],
): Record<Name, string> {
  const secrets = { ...readState(stateDir).secrets };
  const entries = names.map((name) => [name, secrets[name] ?? randomBytes(32).toString('hex')] as const);
  const wanted = Object.fromEntries(entries) as Record<Name, string>;
  updateState(stateDir, { secrets: { ...secrets, ...wanted } });
  return wanted;
}

/** Writes a file that only its owner can read, whole or not at all. */
export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}.tmp`;
  writeFileSync(next, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, path);
}

/** The file's text, or undefined when there is none. */
export function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
