import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const root = fileURLToPath(new URL('..', import.meta.url));
const kept = join(root, 'var', 'workflow-bundle');

/**
 * The bundle of all workflows. Building it takes seconds of both cores, so it is kept under `var/` by what it is made of:
 * whoever starts next with the same files reads it.
 */
export async function bundleWorkflows(): Promise<{ code: string }> {
  const path = join(kept, `${digestOfSources()}.js`);
  const found = readKept(path);
  if (found !== null) return { code: found };
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'workflows/index.ts'),
    logger: { ...silentLogger },
  });
  keep(path, code);
  return { code };
}

/** Of everything that may come into the bundle: the rules and the workflows, and what is installed. */
function digestOfSources(): string {
  const hash = createHash('sha256').update(process.version);
  const files = ['domain', 'workflows'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(room, file)),
  );
  for (const file of [...files.toSorted(), 'package-lock.json', 'tsconfig.json']) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function readKept(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Only the newest is kept. A folder that cannot be written (a container's) costs time and nothing else. */
function keep(path: string, code: string): void {
  try {
    mkdirSync(kept, { recursive: true });
    const draft = join(kept, `${randomUUID()}.tmp`);
    writeFileSync(draft, code);
    renameSync(draft, path);
    for (const file of readdirSync(kept)) {
      if (file.endsWith('.js') && join(kept, file) !== path) rmSync(join(kept, file), { force: true });
    }
  } catch {
    return;
  }
}

const silent = () => undefined;
const silentLogger = {
  log: silent,
  trace: silent,
  debug: silent,
  info: silent,
  warn: silent,
  error: console.error,
};
