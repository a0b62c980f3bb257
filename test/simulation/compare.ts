import type { Recorded } from './folder.ts';
import { expectedOutcomes } from './oracle/index.ts';

/** One place where the oracle and the records say different things. */
export interface Disagreement {
  life: string;
  /** `requests[2].on`; what the entry is about beside it, where it says so. */
  where: string;
  expected: unknown;
  recorded: unknown;
}

/** Computes every life that has an outcome on record from its commands, and gives all that is otherwise than recorded. */
export function disagreements({ world, commands, outcomes }: Recorded): Disagreement[] {
  const recorded = new Map(outcomes.map((line) => [line.life, line]));
  const lived = commands.filter(({ life }) => recorded.has(life));
  return expectedOutcomes(world, lived).flatMap((expected) =>
    differences(expected, recorded.get(expected.life), '').map((found) => ({
      life: expected.life,
      ...found,
    })),
  );
}

type Difference = Omit<Disagreement, 'life'>;

function differences(expected: unknown, recorded: unknown, where: string): Difference[] {
  if (Array.isArray(expected) && Array.isArray(recorded)) {
    const length = Math.max(expected.length, recorded.length);
    return Array.from({ length }, (_, at) =>
      differences(expected[at], recorded[at], `${where}[${at}]${nameOf(expected[at] ?? recorded[at])}`),
    ).flat();
  }
  if (isObject(expected) && isObject(recorded)) {
    return [...new Set([...Object.keys(expected), ...Object.keys(recorded)])].flatMap((name) =>
      differences(expected[name], recorded[name], where === '' ? name : `${where}.${name}`),
    );
  }
  return Object.is(expected, recorded) ? [] : [{ where, expected, recorded }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What an entry of a list is called by, so that a reader finds it. */
function nameOf(value: unknown): string {
  if (!isObject(value)) return '';
  const { command, cause, key, kind, about, status, step } = value;
  const name = command ?? cause ?? key ?? (about === undefined ? (step ?? status) : `${kind} ${about}`);
  return typeof name === 'string' ? `(${name})` : '';
}

/** In words for whoever ran it: where, what the rules lead to, what is on record. */
export function inWords({ life, where, expected, recorded }: Disagreement): string {
  const said = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
  return `${life} ${where}: by the rules ${said(expected)}, on record ${said(recorded)}`;
}
