import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from '../bin/setup/packages.mjs';
import { releaseVersion } from '../cli/version.ts';
import { licencesOf, partsSchema } from './licences.ts';
import { rootDir, varDir } from './paths.ts';
import { runProgram } from './program.ts';
import { runTool } from './tools.ts';

/** `npm run release`: the parts of what is shipped and their licences, beside nothing else: images and tags are made elsewhere. */
await runProgram(async () => {
  const version = releaseVersion();
  if (!readFileSync(join(rootDir, 'CHANGELOG.md'), 'utf8').includes(`\n## ${version}\n`)) {
    throw new SetupError(`CHANGELOG.md says nothing of ${version}.`);
  }
  const { code, output } = await runTool('npm', ['sbom', '--omit=dev', '--sbom-format=cyclonedx']);
  if (code !== 0) throw new SetupError(`npm could not list the parts: ${output.slice(-500)}`);
  const { parts, unknown } = licencesOf(partsSchema.parse(JSON.parse(output)));
  if (unknown.length > 0) {
    const list = unknown
      .map(({ name, licence }) => `${name} (${licence === '' ? 'none' : licence})`)
      .join(', ');
    throw new SetupError(`Licences that nobody has agreed to (dev/licences.ts): ${list}`);
  }
  const folder = join(varDir, 'release');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `hasso-${version}.cdx.json`), output);
  const lines = parts.map(({ name, version: of, licence }) => `| ${name} | ${of} | ${licence} |`);
  writeFileSync(
    join(folder, `hasso-${version}-licences.md`),
    ['| part | version | licence |', '|---|---|---|', ...lines, ''].join('\n'),
  );
  console.log(`${parts.length} parts: ${folder}`);
  return 0;
});
