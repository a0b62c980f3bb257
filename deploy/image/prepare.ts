import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wantedStamp } from '../../bin/setup/packages.mjs';
import { bundleWorkflows } from '../../workers/bundle.ts';

/** What the image does once instead of every process: the bundle of the workflows, and the word that the packages are complete. */
const root = fileURLToPath(new URL('../..', import.meta.url));
await bundleWorkflows();
writeFileSync(join(root, 'node_modules', '.hasso-stamp'), wantedStamp(root));
