/** By which variable the run says which tests it takes: vitest reads its settings in a process of its own. */
export const TESTS_KEY = 'HASSO_MUTANT_TESTS';

/** Tests of a folder's rules that stand in another folder, since they are about both. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  'domain/desk': ['test/domain/processes/**/*.test.ts'],
  'domain/future': ['test/domain/ending/what-if.test.ts'],
};

/** The tests that have to notice when a rule of a folder breaks: those of the folder of the same name. */
export function ownTests(folder: string): string[] {
  return [`test/${folder}/**/*.test.ts`, ...(BESIDE[folder] ?? [])];
}
