import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const resultsSchema = z.looseObject({
  files: z.record(z.string(), z.looseObject({ mutants: z.array(z.looseObject({ status: z.string() })) })),
});

/**
 * Takes what survived in some files out of the results that StrykerJS keeps, so that it is tried again: of what runs while a file
 * is loaded it does not see that a test was added.
 */
export function forgetSurvivors(path: string, isAskedFor: (file: string) => boolean): void {
  if (!existsSync(path)) return;
  const results = resultsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  for (const [file, each] of Object.entries(results.files)) {
    if (!isAskedFor(file)) continue;
    each.mutants = each.mutants.filter(({ status }) => status !== 'Survived' && status !== 'NoCoverage');
  }
  writeFileSync(path, JSON.stringify(results));
}
