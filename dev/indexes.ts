import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rootDir } from './paths.ts';

/** Lists of files that follow from the tree, by the path of each list: nobody writes them by hand. */
export const INDEXES: Readonly<Record<string, () => string>> = {
  'db/schema/index.ts': () =>
    readdirSync(join(rootDir, 'db/schema'))
      .filter((file) => file !== 'index.ts' && file !== 'columns.ts')
      .toSorted()
      .map((file) => `export * from './${file}';\n`)
      .join(''),
  'workflows/index.ts': () =>
    `/** All workflows of the bundle, by the names that start them. */\n${workflowFiles()
      .flatMap((file) => workflowsIn(file).map((name) => `export { ${name} } from './${file}';\n`))
      .join('')}`,
};

/** A process's folder has its workflow in `workflow.ts`, and that of its cases in `case.ts`. */
function workflowFiles(): string[] {
  const folders = readdirSync(join(rootDir, 'workflows'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return folders
    .map(({ name }) => name)
    .toSorted()
    .flatMap((name) =>
      readdirSync(join(rootDir, 'workflows', name))
        .filter((file) => file === 'workflow.ts' || file === 'case.ts')
        .toSorted()
        .map((file) => `${name}/${file}`),
    );
}

function workflowsIn(file: string): string[] {
  const text = readFileSync(join(rootDir, 'workflows', file), 'utf8');
  return [...text.matchAll(/^export async function (\w+)\(/gm)].map(([, name = '']) => name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, write] of Object.entries(INDEXES)) writeFileSync(join(rootDir, path), write());
}
