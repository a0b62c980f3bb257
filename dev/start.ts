import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SetupError } from '../bin/setup/packages.mjs';
import { withProgress } from '../bin/setup/progress.mjs';
import { stateFolder } from '../config/state-folder.ts';
import { rootDir } from './paths.ts';
import { aborted, runProgram, stopRequest } from './program.ts';
import { type Stack, startStack } from './stack.ts';
import { readOptional, readState, updateState } from './state.ts';

const stateDir = stateFolder(process.env);
const sampleData = 'dev/sample-data.ts';

const accountsSchema = z.array(
  z.object({ role: z.string(), email: z.string(), password: z.string(), name: z.string() }),
);

await runProgram(async () => {
  const stop = stopRequest();
  let failure: SetupError | undefined;
  const gaveUp = new AbortController();
  const stack = await startStack({
    stateDir,
    apps: ['web', 'interactive', 'background'],
    signal: stop,
    onGiveUp(reason) {
      failure = reason;
      gaveUp.abort();
    },
  });
  const ended = AbortSignal.any([stop, gaveUp.signal]);
  try {
    const production = stack.env.HASSO_MODE === 'production';
    if (!production) await addSampleData(stack);
    console.log(`\n  コンソール (console):  ${stack.urls.web}`);
    if (stack.urls.temporalUi) console.log(`  Temporal:              ${stack.urls.temporalUi}`);
    console.log(
      production ? '  本番モードのため、見本の職員アカウントは作成も表示もしません。\n' : signInText(),
    );
    console.log(
      `  終了するには Ctrl-C を押してください。 (Ctrl-C stops everything; the data stays in ${stateDir}.)\n`,
    );
    await aborted(ended);
    console.log('停止しています… (stopping)');
  } finally {
    await stack.stop();
  }
  if (failure) throw failure;
  return 0;
});

/** Once per state folder; an interrupted run is repeated at the next start. */
async function addSampleData(stack: Stack): Promise<void> {
  if (readState(stateDir).sampleDataDone || !existsSync(join(rootDir, sampleData))) return;
  await withProgress('見本データを作成しています (adding the sample data)', () =>
    stack.run('sample-data', sampleData),
  );
  updateState(stateDir, { sampleDataDone: true });
}

function signInText(): string {
  const text = readOptional(join(stateDir, 'accounts.json'));
  if (text === undefined) return '';
  const rows = accountsSchema
    .parse(JSON.parse(text))
    .map(
      ({ role, email, password, name }) =>
        `    ${email.padEnd(32)} ${password.padEnd(24)} ${name}（${role}）`,
    );
  return ['  職員としてログインするには (sign in as):', ...rows, ''].join('\n');
}
