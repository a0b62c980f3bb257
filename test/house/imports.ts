import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { rootDir } from '../../dev/paths.ts';

/** One import of a file of this project, or of a package. */
export interface Import {
  from: string;
  /** A file of the project, relative to the root, or the package's name as it is written. */
  to: string;
  /** Names types only: nothing of it is there when the program runs. */
  typeOnly: boolean;
}

const STATEMENT =
  /^\s*(?:import|export)\s+(type\s+)?(?:([\w*{][^;'"]*?)\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** Every source file of the project that git knows or would take, tests included, migrations and histories not. */
export function sourceFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'];
  return execFileSync('git', args, { cwd: rootDir, encoding: 'utf8' }).split('\n').filter(Boolean);
}

/** All imports that stand in a file. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(join(rootDir, file), 'utf8');
  return [...text.matchAll(STATEMENT)].map(([, type, names, target, dynamic]) => {
    const wanted = target ?? dynamic ?? '';
    return {
      from: file,
      to: wanted.startsWith('.') ? normalize(join(dirname(file), wanted)) : wanted,
      typeOnly: type !== undefined || onlyTypes(names),
    };
  });
}

function onlyTypes(names: string | undefined): boolean {
  const braces = names === undefined ? null : /^\{([\s\S]*)\}$/.exec(names.trim());
  if (braces === null) return false;
  const each = (braces[1] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return each.every((name) => name.startsWith('type '));
}
