import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { problemLine } from '../../cli/audit.ts';
import { openDatabase, type Transaction } from '../../db/client.ts';
import { keepSealing } from '../../db/queries/audit/keep-sealing.ts';
import { recordAudit } from '../../db/queries/audit/record.ts';
import { auditHead, sealAudit } from '../../db/queries/audit/seal.ts';
import { verifyAudit } from '../../db/queries/audit/verify.ts';
import { nodeArgs } from '../../dev/paths.ts';
import { stackEnv } from '../support/stacks.ts';

const { DATABASE_URL = '', DATABASE_OWNER_URL = '' } = stackEnv();
const application = openDatabase({ DATABASE_URL }, 8);
const owner = openDatabase({ DATABASE_URL: DATABASE_OWNER_URL }, 2);
const now = () => new Date();

const write = (tx: Parameters<typeof recordAudit>[0]) =>
  recordAudit(tx, {
    actor: 'system',
    action: 'feeChange.void',
    clause: '',
    subjectType: 'task',
    subjectId: randomUUID(),
    before: { status: 'a', count: 1 },
    after: { status: 'b', 名: '髙﨑', nested: { list: [1, 2.5, null] } },
    businessAt: new Date('2026-11-22T01:02:03.456Z'),
  });

/** The last sealed entries, the newest first, among them these with an `after`. */
const lastSequences = async (tx: Transaction, count: number): Promise<number[]> =>
  (
    await tx.execute<{ sequence: string }>(
      sql`select sequence from audit_entries where action = 'feeChange.void' order by sequence desc limit ${count}`,
    )
  ).map(({ sequence }) => Number(sequence));

/** What `verify` finds after the owner's tampering; all of it is rolled back. */
async function afterTampering(tamper: (tx: Transaction, sequences: number[]) => Promise<unknown>) {
  const rollback = new Error('rolled back');
  let found: Awaited<ReturnType<typeof verifyAudit>>['problems'] = [];
  let sequences: number[] = [];
  await owner.db
    .transaction(async (tx) => {
      for (let index = 0; index < 4; index++) await write(tx);
      await sealAudit(tx, now, { everything: true });
      expect((await verifyAudit(tx)).problems).toEqual([]);
      sequences = await lastSequences(tx, 4);
      await tamper(tx, sequences);
      found = (await verifyAudit(tx)).problems;
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  return { found, sequences };
}

beforeAll(async () => {
  for (let index = 0; index < 5; index++) await write(application.db);
  await sealAudit(application.db, now, { everything: true });
});

afterAll(async () => {
  await application.close();
  await owner.close();
});

describe('the audit log', () => {
  test('an untouched log verifies, and what is written next as well', async () => {
    expect((await verifyAudit(application.db)).problems).toEqual([]);
    await write(application.db);
    const before = await verifyAudit(application.db);
    expect(before).toMatchObject({ problems: [], unsealed: 1 });
    const { sealed } = await sealAudit(application.db, now);
    expect(sealed).toBe(1);
    expect(await verifyAudit(application.db)).toMatchObject({
      problems: [],
      unsealed: 0,
      entries: before.entries,
    });
  });

  test('the application may neither change nor delete nor empty entries or seals', async () => {
    for (const table of ['audit_entries', 'audit_seals']) {
      for (const statement of [
        `update ${table} set sequence = 0`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        await expect(application.db.execute(sql.raw(statement)), statement).rejects.toMatchObject({
          cause: { message: expect.stringContaining('permission denied') },
        });
      }
    }
  });

  test('nor may it change a correction of the archive', async () => {
    const statement = sql`update document_corrections set before = ''`;
    await expect(application.db.execute(statement)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('permission denied') },
    });
  });

  test('entries of many transactions at once are all chained, also one that commits after later ones were sealed', async () => {
    const late = new EventEmitter();
    const inserted = once(late, 'inserted');
    const slow = application.db.transaction(async (tx) => {
      await write(tx);
      const commit = once(late, 'commit');
      late.emit('inserted');
      await commit;
    });
    await inserted;
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await application.db.transaction((tx) => write(tx));
        if (index % 10 === 0) await sealAudit(application.db, now);
      }),
    );
    await sealAudit(application.db, now);
    late.emit('commit');
    await slow;
    await Promise.all([sealAudit(application.db, now), sealAudit(application.db, now)]);
    expect(await verifyAudit(application.db)).toMatchObject({ problems: [], unsealed: 0 });
  });

  const alterations: readonly (readonly [string, ReturnType<typeof sql>])[] = [
    ['a letter of a field', sql`actor = 'sysTem'`],
    ['a byte inside the JSON', sql`after = replace(after::text, '髙', '高')::json`],
    ['only the writing of a number in the JSON', sql`before = replace(before::text, '1', '1.0')::json`],
    ['a millisecond', sql`at = at + interval '1 millisecond'`],
    ['an emptied field', sql`business_at = null`],
    ['the entry and its own hash', sql`clause = '第1条', entry_hash = repeat('a', 64)`],
  ];
  test.each(alterations)('%s altered by the owner is told, with its place', async (_, change) => {
    const { found, sequences } = await afterTampering((tx, [sequence]) =>
      tx.execute(sql`update audit_entries set ${change} where sequence = ${sequence}`),
    );
    expect(found).toEqual([{ kind: 'altered', sequence: sequences[0], position: expect.any(Number) }]);
    expect(found.map(problemLine).join()).toContain(`記録 ${sequences[0]}`);
  });

  test('an entry altered before it was sealed is told', async () => {
    const { found, sequences } = await afterTampering(async (tx, all) => {
      await write(tx);
      const [sequence = 0] = await lastSequences(tx, 1);
      await tx.execute(sql`update audit_entries set actor = 'other' where sequence = ${sequence}`);
      all.unshift(sequence);
    });
    expect(found).toEqual([{ kind: 'altered', sequence: sequences[0], position: null }]);
  });

  test('a missing entry is told, with its place', async () => {
    const { found, sequences } = await afterTampering((tx, all) =>
      tx.execute(sql`delete from audit_entries where sequence = ${all[1]}`),
    );
    expect(found).toEqual([{ kind: 'missing', sequence: sequences[1], position: expect.any(Number) }]);
  });

  test('a reordered pair is told as such, with both places', async () => {
    const { found, sequences } = await afterTampering(async (tx, [a, b]) => {
      await tx.execute(sql`update audit_entries set sequence = -1 where sequence = ${a}`);
      await tx.execute(sql`update audit_entries set sequence = ${a} where sequence = ${b}`);
      await tx.execute(sql`update audit_entries set sequence = ${b} where sequence = -1`);
    });
    const [a = 0, b = 0] = sequences;
    expect(found).toEqual([
      { kind: 'reordered', sequence: b, position: expect.any(Number), other: a },
      { kind: 'reordered', sequence: a, position: expect.any(Number), other: b },
    ]);
  });

  test('the sealer that runs beside the workers chains what is open and reports each new end of the chain', async () => {
    await write(application.db);
    const heads: number[] = [];
    const sealer = keepSealing(application.db, {
      everyMs: 5,
      onSealed: ({ position }) => heads.push(position),
      onError: (error) => expect.unreachable(String(error)),
    });
    await vi.waitFor(() => expect(heads).toHaveLength(1));
    await write(application.db);
    await vi.waitFor(() => expect(heads).toHaveLength(2));
    await sealer.stop();
    expect((await auditHead(application.db)).position).toBe(heads[1]);
  });

  test('an altered seal and a missing seal are told, with their positions', async () => {
    const altered = await afterTampering((tx, [sequence]) =>
      tx.execute(
        sql`update audit_seals set sealed_at = sealed_at + interval '1 day' where sequence = ${sequence}`,
      ),
    );
    expect(altered.found.map(({ kind }) => kind)).toEqual(['brokenSeal']);
    const missing = await afterTampering((tx, [, sequence]) =>
      tx.execute(sql`delete from audit_seals where sequence = ${sequence}`),
    );
    const [problem] = missing.found;
    expect(problem).toMatchObject({ kind: 'missingSeals' });
    if (problem?.kind === 'missingSeals') expect(problem.from).toBe(problem.to);
  });

  test('a tail cut off with its seals is told by an end of the chain that was noted before', async () => {
    const noted = await auditHead(application.db);
    expect((await verifyAudit(application.db, noted)).problems).toEqual([]);
    let cut: Awaited<ReturnType<typeof verifyAudit>>['problems'] = [];
    await afterTampering(async (tx) => {
      await tx.execute(sql`delete from audit_entries where sequence in
        (select sequence from audit_seals where position >= ${noted.position})`);
      await tx.execute(sql`delete from audit_seals where position >= ${noted.position}`);
      cut = (await verifyAudit(tx, noted)).problems;
    });
    expect(cut).toEqual([{ kind: 'headLost', position: noted.position }]);
  });

  test('hasso audit verify ends with 1 and names the place, and with 0 when all is well', async () => {
    const [{ sequence } = { sequence: '' }] = await owner.db.execute<{ sequence: string }>(
      sql`select max(sequence) as sequence from audit_entries where action = 'feeChange.void'`,
    );
    const setActor = (actor: string) =>
      owner.db.execute(sql`update audit_entries set actor = ${actor} where sequence = ${sequence}`);
    const verify = () =>
      spawnSync(process.execPath, nodeArgs('cli/main.ts', 'audit', 'verify'), {
        env: { ...process.env, DATABASE_URL },
        encoding: 'utf8',
      });
    await setActor('sysTem');
    try {
      expect(verify()).toMatchObject({
        status: 1,
        stdout: expect.stringMatching(
          new RegExp(`記録 ${sequence}（連鎖の位置 \\d+）：内容が書き換えられています`),
        ),
      });
    } finally {
      await setActor('system');
    }
    expect(verify()).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('改ざん、欠落、入れ替えはありません'),
    });
  });
});
