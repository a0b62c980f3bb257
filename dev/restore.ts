import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockHolder, tryLock } from '../bin/setup/lock.mjs';
import { stateFolder } from '../config/state-folder.ts';
import { nodeArgs } from './paths.ts';
import { choosePorts } from './ports.ts';
import { postgresService, preparePostgres } from './postgres.ts';
import { runProgram } from './program.ts';
import { StackRunningError } from './stack.ts';
import { readState, rememberedSecrets, updateState } from './state.ts';
import { createSupervisor } from './supervisor.ts';

/** `hasso restore …` for an installation of `npm start`: beside its Postgres alone, so that nothing works on half of it. */
await runProgram(async () => {
  const stateDir = stateFolder(process.env);
  mkdirSync(stateDir, { recursive: true, mode: 0o755 });
  const lockPath = join(stateDir, 'stack.lock');
  const release = tryLock(lockPath);
  if (!release) {
    throw new StackRunningError(stateDir, lockHolder(lockPath)?.pid ?? 0, readState(stateDir).webUrl);
  }
  const supervisor = createSupervisor({
    stateDir,
    log: (line) => console.error(line),
    onGiveUp: ({ message }) => console.error(message),
  });
  try {
    const ports = await choosePorts(['postgres'], readState(stateDir).ports, process.env);
    updateState(stateDir, { ports: { ...readState(stateDir).ports, ...ports } });
    const passwords = rememberedSecrets(stateDir, ['superuser', 'owner', 'app']);
    const dataDir = join(stateDir, 'postgres');
    const options = { dataDir, port: ports.postgres ?? 0, passwords, throwaway: false };
    await supervisor.start([await postgresService(options)]);
    const { ownerUrl, appUrl } = await preparePostgres(options);
    const documents = join(stateDir, 'documents');
    const child = spawn(process.execPath, [...nodeArgs('cli/main.ts'), ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: {
        DOCUMENTS_DIR: documents,
        ...process.env,
        DATABASE_URL: appUrl,
        DATABASE_OWNER_URL: ownerUrl,
      },
    });
    return await new Promise<number>((done, failed) => {
      child.once('error', failed);
      child.once('exit', (code) => done(code ?? 1));
    });
  } finally {
    await supervisor.stop();
    release();
  }
});
