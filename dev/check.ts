import { runChecks } from './checks.ts';
import { runProgram } from './program.ts';

/** `npm run check`: everything that needs no services, in seconds. */
await runProgram(async () => ((await runChecks({ withHouseRules: true })) ? 0 : 1));
