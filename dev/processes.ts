import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { processIdentity } from '../bin/setup/lock.mjs';
import { readOptional, writeJson } from './state.ts';

const recordSchema = z.object({
  name: z.string(),
  pid: z.number(),
  identity: z.string(),
  stopSignal: z.enum(['SIGINT', 'SIGTERM']),
});

/** A process that a stack started: its id and what tells it from a later process with the same id. */
export type ProcessRecord = z.infer<typeof recordSchema>;

export type StopSignal = ProcessRecord['stopSignal'];

const recordsPath = (stateDir: string) => join(stateDir, 'processes.json');

/** The processes that a stack has written down, dead or alive. */
export function readRecords(stateDir: string): ProcessRecord[] {
  const text = readOptional(recordsPath(stateDir));
  return text === undefined ? [] : z.array(recordSchema).parse(JSON.parse(text));
}

/** Writes down which processes run, so that the next start finds what a killed one left behind. */
export function writeRecords(stateDir: string, records: readonly ProcessRecord[]): void {
  writeJson(recordsPath(stateDir), records);
}

export function isAlive(record: ProcessRecord): boolean {
  return processIdentity(record.pid) === record.identity;
}

/** Asks the process to stop and kills it, with its process group, when it has not done so after `graceMs`. */
export async function stopProcess(record: ProcessRecord, graceMs: number): Promise<void> {
  if (!isAlive(record)) return;
  signal(record.pid, record.stopSignal);
  if (await isGoneWithin(record, graceMs)) return;
  signal(-record.pid, 'SIGKILL');
  await isGoneWithin(record, 5_000);
}

/** Stops what an earlier run of this stack, killed without warning, left running. Returns the names. */
export async function stopLeftovers(stateDir: string): Promise<string[]> {
  const leftovers = readRecords(stateDir).filter(isAlive);
  await Promise.all(leftovers.map((record) => stopProcess(record, 5_000)));
  writeRecords(stateDir, []);
  return leftovers.map((record) => record.name);
}

async function isGoneWithin(record: ProcessRecord, ms: number): Promise<boolean> {
  for (const until = Date.now() + ms; Date.now() < until; ) {
    if (!isAlive(record)) return true;
    await delay(20);
  }
  return !isAlive(record);
}

// The process may end between the look and the signal.
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
