/** Below this share of mutants killed, `npm run mutants` fails: for all that was asked for together. */
export const LEAST_SCORE = 0.85;

/** What became of one mutant; `fileName` is relative to the clone, `line` counts from 1. */
export interface Mutant {
  fileName: string;
  status: string;
  mutatorName: string;
  replacement: string;
  line: number;
}

export interface Score {
  folder: string;
  mutants: number;
  killed: number;
  /** Nothing that ran had to do with them. */
  uncovered: number;
  score: number;
}

const KILLED = ['Killed', 'Timeout'];
const ALIVE = ['Survived', 'NoCoverage'];

/** The scores by folder of `domain/`, and of all together (last). Mutants that could not run, or were left out, do not count. */
export function scoresOf(mutants: readonly Mutant[]): Score[] {
  const counted = mutants.filter(({ status }) => KILLED.includes(status) || ALIVE.includes(status));
  const folderOf = ({ fileName }: Mutant) => fileName.split('/').slice(0, 2).join('/');
  const rows = [...new Set(counted.map(folderOf))].map((folder) =>
    scoreOf(
      folder,
      counted.filter((mutant) => folderOf(mutant) === folder),
    ),
  );
  return [...rows.toSorted((a, b) => a.folder.localeCompare(b.folder)), scoreOf('all', counted)];
}

function scoreOf(folder: string, members: readonly Mutant[]): Score {
  const killed = members.filter(({ status }) => KILLED.includes(status)).length;
  const uncovered = members.filter(({ status }) => status === 'NoCoverage').length;
  const score = members.length === 0 ? 1 : killed / members.length;
  return { folder, mutants: members.length, killed, uncovered, score };
}

/** The mutants that no test noticed, in the order of the files. */
export function survivorsOf(mutants: readonly Mutant[]): Mutant[] {
  return mutants
    .filter(({ status }) => ALIVE.includes(status))
    .toSorted((a, b) => a.fileName.localeCompare(b.fileName) || a.line - b.line);
}

export function scoreTable(scores: readonly Score[]): string {
  const header = ['folder', 'mutants', 'killed', 'uncovered', 'score'];
  const rows = scores.map(({ folder, mutants, killed, uncovered, score }) => [
    folder,
    `${mutants}`,
    `${killed}`,
    `${uncovered}`,
    score.toFixed(3),
  ]);
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [header, ...rows].map(line).join('\n');
}
