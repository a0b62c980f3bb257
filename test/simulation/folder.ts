import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { SetupError } from '../../bin/setup/packages.mjs';
import { type Command, command, type World, world } from './lines.ts';
import { type OutcomeLine, outcomeLine } from './outcome-lines.ts';

const COMMANDS = 'commands.jsonl';
const OUTCOME = 'outcome.jsonl';

/** What a folder of a simulation holds; the commands in the order of their instants. */
export interface Recorded {
  world: World;
  commands: Command[];
  outcomes: OutcomeLine[];
}

/** Reads both files. Throws with file and line where one is missing or says something else than docs/simulation.md. */
export function readFolder(dir: string): Recorded {
  const [first, ...rest] = readLines(dir, COMMANDS);
  if (first === undefined) throw new SetupError(`${join(dir, COMMANDS)} is missing or empty`);
  return {
    world: parsed(world, first),
    commands: rest.map((line) => parsed(command, line)).toSorted(byInstant),
    outcomes: readLines(dir, OUTCOME).map((line) => parsed(outcomeLine, line)),
  };
}

const byInstant = (a: Command, b: Command): number => Date.parse(a.at) - Date.parse(b.at);

/** A folder that a simulation writes to while it plays: every line stands there as soon as what it tells of is done. */
export function openFolder(dir: string) {
  mkdirSync(dir, { recursive: true });
  const append = (name: string, line: unknown) =>
    appendFileSync(join(dir, name), `${JSON.stringify(line)}\n`);
  return {
    dir,
    begun: existsSync(join(dir, COMMANDS)),
    begin(first: World): void {
      writeFileSync(join(dir, COMMANDS), `${JSON.stringify(first)}\n`);
      writeFileSync(join(dir, OUTCOME), '');
    },
    given: (line: Command) => append(COMMANDS, line),
    became: (line: OutcomeLine) => append(OUTCOME, line),
    /** What a contract was when it ended, until the life is over; null before. */
    endOf(life: string): OutcomeLine | null {
      const file = join(dir, 'ended', `${life}.json`);
      return existsSync(file) ? outcomeLine.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
    },
    ended(line: OutcomeLine): void {
      mkdirSync(join(dir, 'ended'), { recursive: true });
      const file = join(dir, 'ended', `${line.life}.json`);
      writeFileSync(`${file}.part`, JSON.stringify(line));
      renameSync(`${file}.part`, file);
    },
  };
}

export type Folder = ReturnType<typeof openFolder>;

interface Line {
  file: string;
  number: number;
  text: string;
}

function readLines(dir: string, name: string): Line[] {
  const file = join(dir, name);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // A run that was killed may have left half a line: what it tells of is done again.
  return lines.slice(0, -1).map((text, at) => ({ file, number: at + 1, text }));
}

function parsed<T>(schema: z.ZodType<T>, { file, number, text }: Line): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(`${file}, line ${number}: ${reason}`);
  }
}
