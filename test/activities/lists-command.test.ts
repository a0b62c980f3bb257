import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { registerLists } from '../../cli/lists.ts';
import { waitingProposal } from '../../db/queries/proposal/find.ts';
import { currentVersion } from '../../db/queries/screening-list/stage.ts';
import { proposals } from '../../db/schema/index.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { hassoCommand } from '../support/hasso-command.ts';
import { stackEnv } from '../support/stacks.ts';
import { openTestDatabase } from '../support/workers.ts';

let connection: ReturnType<typeof openTestDatabase>;
const folder = mkdtempSync(join(tmpdir(), 'hasso-lists-'));
beforeAll(() => {
  connection = openTestDatabase();
});
const command = hassoCommand(registerLists, () => {
  const { DATABASE_URL = '', PERSONAL_DATA_KEY = '' } = stackEnv();
  return { DATABASE_URL, PERSONAL_DATA_KEY, TEMPORAL_ADDRESS: '' };
});
const lists = (...args: string[]) => command.run('lists', ...args);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await connection.close();
});

function file(...rows: string[]): string {
  const path = join(folder, `${randomUUID()}.csv`);
  writeFileSync(path, ['id,種別,名称', ...rows].join('\n'));
  return path;
}

test('preview shows and changes nothing, import takes, versions lists, rollback goes back', async () => {
  await lists('import', 'internal', file('1,法人,甲社', '2,法人,乙社'));
  const before = (await currentVersion(connection.db, 'internal')) ?? 0;
  const next = file('1,法人,甲社', '3,法人,丙社', '4,不明,丁社');
  const shown = await lists('preview', 'internal', next);
  expect(shown).toContain('追加 1、変更 0、削除 1、変更なし 1');
  expect(shown).toContain('削除 2 乙社');
  expect(shown).toContain('4行目：種別は');
  expect(await currentVersion(connection.db, 'internal')).toBe(before);
  const taken = await lists('import', 'internal', next);
  expect(taken).toContain(`第${before + 1}版として取り込みました。`);
  expect(taken).toContain('再チェックは開始していません');
  expect(await lists('versions', 'internal')).toContain(`第${before + 1}版（現在の版）  2件`);
  expect(await lists('rollback', 'internal', String(before), '--reason', '誤り')).toContain(
    `第${before}版を現在の版に戻しました。`,
  );
  expect(await currentVersion(connection.db, 'internal')).toBe(before);
});

test('another version of the anti-social list waits for a second person in the console, also from here', async () => {
  const { db } = connection;
  await addBaseData(db);
  const before = await currentVersion(db, 'antisocial');
  const waits = async () => {
    const row = await waitingProposal(db, { kind: 'listRollback', list: 'antisocial', version: 1 });
    await db
      .update(proposals)
      .set({ status: 'rejected' })
      .where(eq(proposals.id, row?.id ?? randomUUID()));
    return row;
  };
  const said = await lists('import', 'antisocial', file('1,法人,甲社'));
  const imported = await waits();
  expect(said).toContain(`/staff/proposals/${imported?.id}`);
  expect(imported).toMatchObject({ kind: 'listTake', proposedBy: 'cli' });
  await lists('rollback', 'antisocial', String(before), '--reason', '誤り');
  expect(await waits()).toMatchObject({ kind: 'listRollback', reason: '誤り' });
  expect(await currentVersion(db, 'antisocial')).toBe(before);
});

test('what cannot be done is said in a sentence', async () => {
  await expect(lists('import', 'internal', file())).rejects.toThrow('取り込める行が1行もない');
  await expect(lists('rollback', 'internal', '99999', '--reason', '誤り')).rejects.toThrow(
    'その版はありません。',
  );
  await expect(lists('versions', 'unknown')).rejects.toThrow('internal');
  vi.stubEnv('DATABASE_URL', '');
  await expect(lists('versions', 'internal')).rejects.toThrow('DATABASE_URL');
});
