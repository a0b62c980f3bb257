import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerPayments } from '../../cli/payments.ts';
import { openPapers } from '../../db/queries/payment/receivable.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { hassoCommand } from '../support/hasso-command.ts';
import { plantPapers } from '../support/issued-papers.ts';
import { stackEnv } from '../support/stacks.ts';
import { type PaymentFact, transferFile } from '../support/statement.ts';
import { openTestDatabase } from '../support/workers.ts';

const ON = civilDate('2026-11-25');

let connection: ReturnType<typeof openTestDatabase>;
const folder = mkdtempSync(join(tmpdir(), 'hasso-payments-'));
beforeAll(() => {
  connection = openTestDatabase();
});
const command = hassoCommand(registerPayments, () => ({
  ...stackEnv(),
  DOCUMENTS_DIR: join(folder, 'documents'),
}));
const payments = (...args: string[]) => command.run('payments', ...args);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await connection.close();
});

/** A file of the bank. Numbers of the bank's are never those of another test. */
function bankFile(facts: readonly PaymentFact[]): { path: string; bytes: Uint8Array } {
  const path = join(folder, `${randomUUID()}.txt`);
  const bytes = transferFile(facts, 100_000 + Math.floor(Math.random() * 800_000));
  writeFileSync(path, bytes);
  return { path, bytes };
}

test('import pays what a line names, leaves the rest waiting, counts once, and says where the file is', async () => {
  const prefix = `C${randomUUID().slice(0, 8).toUpperCase()}`;
  const fact = { kana: `コマンド${prefix}`, totalYen: 39_600, issuedOn: ON, dueOn: civilDate('2026-11-30') };
  const [paper] = await plantPapers(connection.db, prefix, [fact]);
  if (paper === undefined) throw new Error('no paper');
  const stranger = `ｼﾗﾅｲ${Math.floor(Math.random() * 1_000_000)}`;
  const { path } = bankFile([
    { on: ON, amountYen: 39_600, name: 'ﾀﾞﾚｶ', reference: paper.number.replaceAll('-', '') },
    { on: ON, amountYen: 1_234, name: stranger },
  ]);
  const said = await payments('import', path, '--sandbox');
  expect(said).toContain('入金 2件、新規 2件、自動で消込 1件、確認待ち 1件');
  expect(said).toMatch(/\/staff\/payments\/imports\/[0-9a-f-]{36}/);
  expect(await openPapers(connection.db, { sandbox: true, paperIds: [paper.paperId] })).toEqual([]);
  expect(await payments('import', path, '--sandbox')).toContain('入金 2件、新規 0件');
  const waiting = await payments('waiting');
  expect(waiting).toContain(`2026-11-25\t${stranger}\t1,234円\t`);
  expect(waiting).toMatch(/確認待ち \d+件/);
});

test('a file that is not there, or whose trailer does not agree, is refused in words and nothing is taken', async () => {
  await expect(payments('import', join(folder, 'nowhere.txt'))).rejects.toThrow();
  expect(command.said()).toContain('cannot read');
  const { path, bytes } = bankFile([{ on: ON, amountYen: 100, name: 'ﾀﾞﾚｶ' }]);
  const trailer = Uint8Array.from(bytes);
  // The last digit of the trailer's sum.
  trailer[202 * 2 + 18] = 0x39;
  writeFileSync(path, trailer);
  await expect(payments('import', path, '--sandbox')).rejects.toThrow();
  expect(command.said()).toContain('3行目');
  expect(command.said()).toContain('何も取り込んでいません');
});
