import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, expect, test, vi } from 'vitest';
import { choosePorts } from '../../dev/ports.ts';
import { type PostgresOptions, postgresService, preparePostgres } from '../../dev/postgres.ts';
import { createSupervisor, type Supervisor } from '../../dev/supervisor.ts';

let started: { supervisor: Supervisor; stateDir: string } | undefined;

afterEach(async () => {
  await started?.supervisor.stop();
  if (started) rmSync(started.stateDir, { recursive: true });
  started = undefined;
});

/** A cluster below a folder that only its owner may enter, as a clone made by `mktemp -d` or below /root is. */
async function startPostgres() {
  const stateDir = mkdtempSync(join(tmpdir(), 'hasso-postgres-'));
  chmodSync(stateDir, 0o700);
  const { postgres: port = 0 } = await choosePorts(['postgres'], {}, {});
  const options: PostgresOptions = {
    dataDir: join(stateDir, 'postgres'),
    port,
    passwords: { superuser: 'a', owner: 'b', app: 'c' },
    throwaway: true,
  };
  const supervisor = createSupervisor({ stateDir, log: () => {}, onGiveUp: () => {} });
  started = { supervisor, stateDir };
  await supervisor.start([await postgresService(options)]);
  return { supervisor, options, urls: await preparePostgres(options) };
}

const connect = (url: string) => postgres(url, { max: 1, onnotice: () => {} });

test('a killed Postgres comes back at the same address with what was committed, also in a folder closed to others', async () => {
  const { supervisor, urls } = await startPostgres();
  const before = connect(urls.ownerUrl);
  await before`create table kept (note text)`;
  await before`insert into kept values ('髙橋')`;
  process.kill(supervisor.pids().postgres ?? 0, 'SIGKILL');
  await vi.waitFor(
    async () => {
      const after = connect(urls.ownerUrl);
      try {
        expect(await after`select note from kept`).toEqual([{ note: '髙橋' }]);
      } finally {
        await after.end();
      }
    },
    { timeout: 20_000, interval: 100 },
  );
  await before.end({ timeout: 0 });
});

test('the application may not make tables, and preparing twice changes nothing', async () => {
  const { options, urls } = await startPostgres();
  expect(await preparePostgres(options)).toEqual(urls);
  const app = connect(urls.appUrl);
  const owner = connect(urls.ownerUrl);
  try {
    await expect(app`create table forbidden (id int)`).rejects.toThrow('permission denied');
    expect(
      await app`select rolsuper or rolcreatedb or rolcreaterole as strong from pg_roles where rolname = current_user`,
    ).toEqual([{ strong: false }]);
    await owner`create extension pg_trgm`;
    expect(await owner`select cardinality(show_trgm('髙橋建設')) > 0 as japanese`).toEqual([
      { japanese: true },
    ]);
    expect(
      await owner`select datcollate, pg_encoding_to_char(encoding) as encoding from pg_database where datname = 'hasso'`,
    ).toEqual([{ datcollate: 'C.UTF-8', encoding: 'UTF8' }]);
  } finally {
    await Promise.all([app.end(), owner.end()]);
  }
});
