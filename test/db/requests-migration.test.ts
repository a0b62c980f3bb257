import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rootDir } from '../../dev/paths.ts';
import { choosePorts } from '../../dev/ports.ts';
import { type PostgresOptions, postgresService, preparePostgres } from '../../dev/postgres.ts';
import { createSupervisor, type Supervisor } from '../../dev/supervisor.ts';

const MIGRATION = 'future';
const stateDir = mkdtempSync(join(tmpdir(), 'hasso-migration-'));
let supervisor: Supervisor;
let sql: postgres.Sql;
/** Drizzle changes how its client writes JSON. */
let migrating: postgres.Sql;
beforeAll(async () => {
  const { postgres: port = 0 } = await choosePorts(['postgres'], {}, {});
  const options: PostgresOptions = {
    dataDir: join(stateDir, 'postgres'),
    port,
    passwords: { superuser: 'a', owner: 'b', app: 'c' },
    throwaway: true,
  };
  supervisor = createSupervisor({ stateDir, log: () => {}, onGiveUp: () => {} });
  await supervisor.start([await postgresService(options)]);
  const { ownerUrl } = await preparePostgres(options);
  [sql, migrating] = [1, 2].map(() => postgres(ownerUrl, { max: 1, onnotice: () => {} })) as [
    postgres.Sql,
    postgres.Sql,
  ];
});
afterAll(async () => {
  await sql.end({ timeout: 0 });
  await migrating.end({ timeout: 0 });
  await supervisor.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

/** The migrations as they were before requests held what they alter. */
function earlierMigrations(): string {
  const folder = join(stateDir, 'migrations');
  cpSync(join(rootDir, 'db/migrations'), folder, { recursive: true });
  const file = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { tag: string }[] };
  const from = journal.entries.findIndex(({ tag }) => tag.endsWith(MIGRATION));
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, from) }));
  return folder;
}

test('requests of before that held the options that shall be are read as what they alter', async () => {
  const db = drizzle(migrating);
  await migrate(db, { migrationsFolder: earlierMigrations() });
  // Only the rows that the migration reads are here.
  for (const table of ['customers', 'applications', 'terms_editions']) {
    const keys = await sql`select conname from pg_constraint
      where conrelid = 'contracts'::regclass and confrelid = ${table}::regclass`;
    for (const { conname } of keys) await sql`alter table contracts drop constraint ${sql(conname)}`;
  }
  const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
  await sql`insert into contracts (id, contract_number, company_id, customer_id, application_id, kind, concluded_on, first_day,
    catalogue_version, plan_code, options, licences, communication_payment, terms_edition_id, sandbox)
    values (${id(1)}, 'N', 'C', ${id(2)}, ${id(3)}, 'annual', '2026-11-30', '2026-12-01', 1, 'lite',
    ${sql.json([
      { code: 'sms', quantity: 2 },
      { code: 'record', quantity: 1 },
    ])}, 3, 'prepaid', ${id(4)}, true)`;
  const request = (
    n: number,
    kind: string,
    outcome: string,
    requested: postgres.JSONValue,
    computedOn: string | null,
  ) =>
    sql`insert into requests (id, contract_id, command_id, kind, channel, arrived_at, entered_by, outcome, requested, computed_on, created_at)
      values (${id(n)}, ${id(1)}, ${`c${n}`}, ${kind}, 'post', now(), 'staff', ${outcome}, ${sql.json(requested)}, ${computedOn},
      ${`2026-12-0${n}T00:00:00Z`})`;
  const done = {
    options: [
      { code: 'sms', quantity: 2 },
      { code: 'record', quantity: 1 },
    ],
  };
  await request(5, 'change', 'done', done, '2027-01-01');
  await sql`insert into audit_entries (at, actor, action, subject_type, subject_id, before, after, entry_hash)
    values (now(), 'system', 'contract.changed', 'contract', ${id(1)}, ${sql.json({ options: [{ code: 'sms', quantity: 1 }] })},
    ${sql.json({ options: done.options, effectiveOn: '2027-01-01' })}, 'h')`;
  await request(
    6,
    'change',
    'accepted',
    { options: [{ code: 'sms', quantity: 2 }], planCode: 'premium' },
    '2027-02-01',
  );
  await request(7, 'change', 'accepted', { options: [{ code: 'sms', quantity: 3 }] }, '2027-03-01');
  await request(8, 'termination', 'waiting', { options: [{ code: 'record', quantity: 1 }] }, null);
  await request(9, 'change', 'accepted', { licences: 20 }, '2027-04-01');

  await migrate(db, { migrationsFolder: join(rootDir, 'db/migrations') });
  const rows = await sql`select id, requested, first_on::text, overtaken from requests order by id`;
  expect(rows.map(({ requested, first_on }) => [requested, first_on])).toEqual([
    [
      {
        options: expect.arrayContaining([
          { code: 'sms', quantity: 2 },
          { code: 'record', quantity: 1 },
        ]),
      },
      '2027-01-01',
    ],
    [{ options: [{ code: 'record', quantity: 0 }], planCode: 'premium' }, '2027-02-01'],
    [{ options: [{ code: 'sms', quantity: 3 }] }, '2027-03-01'],
    [{ options: [{ code: 'sms', quantity: 0 }] }, null],
    [{ licences: 20 }, '2027-04-01'],
  ]);
  expect(rows.every(({ overtaken }) => overtaken.length === 0)).toBe(true);
});
