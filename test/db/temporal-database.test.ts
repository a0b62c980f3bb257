import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type HeldDatabase,
  holdDatabase,
  loadDatabase,
  requireFresh,
} from '../../db/backup/temporal-database.ts';
import { rememberedSecrets } from '../../dev/state.ts';
import { stackEnv } from '../support/stacks.ts';

/** What Temporal's tool makes, in small: versions, a row of its own, binary columns, a sequence, a column that follows from another. */
const SCHEMA = `
  create table schema_version (version_partition int, db_name text, curr_version text);
  insert into schema_version values (0, 'temporal', '1.18');
  create table namespace_metadata (partition_id int primary key, notification_version bigint not null);
  insert into namespace_metadata values (54321, 1);
  create table executions (run_id bytea primary key, data bytea not null, search jsonb,
    kind text generated always as (search ->> 'kind') stored);
  create table buffered_events (id bigserial primary key, data bytea not null)`;

const names = { from: `temporal_${randomUUID().slice(0, 8)}`, to: `temporal_${randomUUID().slice(0, 8)}` };
let server: postgres.Sql;
let held: HeldDatabase;
let from: postgres.Sql;
let to: postgres.Sql;
const urlOf = (database: string) => {
  const { DATABASE_URL = '', DOCUMENTS_DIR = '' } = stackEnv();
  const url = new URL(DATABASE_URL);
  url.username = 'postgres';
  url.password = rememberedSecrets(dirname(DOCUMENTS_DIR), ['superuser']).superuser;
  url.pathname = `/${database}`;
  return url.href;
};

beforeAll(async () => {
  server = postgres(urlOf('postgres'), { max: 1 });
  for (const name of Object.values(names)) await server.unsafe(`create database ${name}`);
  from = postgres(urlOf(names.from), { max: 1 });
  to = postgres(urlOf(names.to), { max: 1 });
  for (const sql of [from, to]) await sql.unsafe(SCHEMA);
  await from`update namespace_metadata set notification_version = 7`;
  await from`insert into executions (run_id, data, search) values ('\\x00ff0a', '\\x095c', '{"kind": "契約"}')`;
  await from`insert into buffered_events (data) values ('\\x01'), ('\\x02')`;
  held = await holdDatabase(urlOf(names.from));
});
afterAll(async () => {
  await Promise.all([held.release(), from.end(), to.end()]);
  for (const name of Object.values(names)) await server.unsafe(`drop database ${name} with (force)`);
  await server.end();
});

test('what is written after the moment is not in it, and all that was there comes back as it was', async () => {
  await from`insert into executions (run_id, data) values ('\\x01', '\\x01')`;
  await requireFresh(urlOf(names.to), held.version);
  await loadDatabase(urlOf(names.to), held);
  expect(await to`select run_id, data, search, kind from executions`).toEqual([
    {
      run_id: Buffer.from([0, 255, 10]),
      data: Buffer.from([9, 92]),
      search: { kind: '契約' },
      kind: '契約',
    },
  ]);
  expect(await to`select * from namespace_metadata`).toEqual([
    { partition_id: 54_321, notification_version: '7' },
  ]);
  expect(await to`insert into buffered_events (data) values ('\\x03') returning id`).toEqual([{ id: '3' }]);
});

test('tables of another version, and workflows that are there already, are refused in a sentence', async () => {
  await expect(requireFresh(urlOf(names.to), '1.17')).rejects.toThrow(
    /are of version 1\.18, those of the backup of 1\.17/,
  );
  await expect(requireFresh(urlOf(names.to), '1.18')).rejects.toThrow(
    /is not empty \(there are rows in executions\)/,
  );
});
