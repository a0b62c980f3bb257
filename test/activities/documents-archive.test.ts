import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerArchive } from '../../cli/archive.ts';
import { type ArchivedDocument, archiveDocument } from '../../db/queries/archive/add.ts';
import { correctDocument } from '../../db/queries/archive/correct.ts';
import { type ArchiveSearch, correctionsOf, searchDocuments } from '../../db/queries/archive/search.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { stackEnv } from '../support/stacks.ts';
import { openTestDatabase } from '../support/workers.ts';

const { db, close } = openTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'hasso-archive-'));
const env = stackEnv();
const storage = createFileStorage(env.DOCUMENTS_DIR ?? '');
const mark = randomUUID().slice(0, 8);

beforeAll(async () => {
  await archive({
    number: `${mark}-1`,
    documentOn: civilDate('2031-04-01'),
    amountYen: 110_000,
    counterparty: '髙﨑商事株式会社',
  });
  await archive({
    number: `${mark}-2`,
    documentOn: civilDate('2031-04-30'),
    amountYen: 220_000,
    counterparty: '高崎商事株式会社',
  });
  await archive({
    number: `${mark}-3`,
    documentOn: civilDate('2031-05-01'),
    amountYen: 110_000,
    counterparty: '=Ｈａｎａｋｏ "Co", Ltd',
  });
  await archive({
    number: `${mark}-4`,
    kind: 'certificate',
    documentOn: civilDate('2031-05-02'),
    amountYen: null,
    counterparty: '髙﨑商事株式会社',
  });
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

async function archive(document: Partial<ArchivedDocument> & { number: string }): Promise<void> {
  const stored = await storage.put(Buffer.from(`%PDF-1.7 ${document.number}`));
  await db.transaction((tx) =>
    archiveDocument(tx, {
      kind: 'invoice',
      subjectType: 'contract',
      subjectId: randomUUID(),
      documentOn: civilDate('2031-04-01'),
      amountYen: null,
      counterparty: '',
      storageKey: stored.key,
      sha256: stored.sha256,
      bytes: stored.bytes,
      sandbox: false,
      ...document,
    }),
  );
}

const found = async (search: Partial<ArchiveSearch>, size = 50) => {
  const range = { from: civilDate('2031-01-01'), to: civilDate('2031-12-31'), sandbox: false };
  const { rows } = await searchDocuments(db, { ...range, ...search }, { size });
  return rows.filter(({ number }) => number.startsWith(mark)).map(({ number }) => number.slice(-1));
};

const rowOf = async (number: string) => {
  const row = await db.query.documents.findFirst({ where: (t, { eq }) => eq(t.number, number) });
  if (row === undefined) throw new Error('no document');
  return row;
};

describe('the archive (電子帳簿保存法)', () => {
  test('is searched by date, by amount, by counterparty, and by any of them together', async () => {
    expect(await found({ from: civilDate('2031-04-30'), to: civilDate('2031-05-01') })).toEqual(['3', '2']);
    expect(await found({ amountFromYen: 110_000, amountToYen: 110_000 })).toEqual(['3', '1']);
    expect(await found({ amountFromYen: 110_001 })).toEqual(['2']);
    expect(await found({ counterparty: '高崎 商事' })).toEqual(['4', '2', '1']);
    expect(await found({ counterparty: 'hanako' })).toEqual(['3']);
    expect(await found({ to: civilDate('2031-04-30'), amountToYen: 200_000 })).toEqual(['1']);
    expect(await found({ from: civilDate('2031-04-02'), counterparty: '髙﨑' })).toEqual(['4', '2']);
    expect(await found({ amountFromYen: 1, counterparty: '髙﨑' })).toEqual(['2', '1']);
    expect(await found({ kind: 'certificate' })).toEqual(['4']);
    expect(await found({ sandbox: true })).toEqual([]);
    expect(await found({ counterparty: '%' })).toEqual(['4', '3', '2', '1']);
  });

  test('is paged without losing or repeating a document', async () => {
    const search = { sandbox: false, from: civilDate('2031-01-01'), to: civilDate('2031-12-31') };
    const first = await searchDocuments(db, search, { size: 3 });
    expect(first.rows).toHaveLength(3);
    if (first.next === null) throw new Error('no next page');
    const second = await searchDocuments(db, search, { size: 3, after: first.next });
    expect(second.next).toBeNull();
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(4);
  });

  test('says until when a document is kept: ten years from the day after the filing deadline', async () => {
    expect((await rowOf(`${mark}-1`)).keepThrough).toBe(civilDate('2042-05-31'));
  });

  test('keeps every correction with what stood there before, who, when and why', async () => {
    const { id } = await rowOf(`${mark}-2`);
    const correctedBy = randomUUID();
    const now = new Date('2031-06-01T00:00:00Z');
    const correction = { documentId: id, reason: '金額の転記誤り', correctedBy, now };
    expect(
      await correctDocument(db, {
        ...correction,
        changes: { amountYen: 230_000, documentOn: civilDate('2031-04-30') },
      }),
    ).toBe(1);
    expect(await correctDocument(db, { ...correction, changes: { amountYen: 230_000 } })).toBe(0);
    expect(await correctionsOf(db, [{ id }])).toMatchObject([
      {
        field: 'amountYen',
        before: '220000',
        after: '230000',
        reason: '金額の転記誤り',
        correctedBy,
        correctedAt: now,
      },
    ]);
    expect(await found({ amountFromYen: 230_000 })).toEqual(['2']);
    const audit = await db.query.auditEntries.findFirst({ where: (t, { eq }) => eq(t.subjectId, id) });
    expect(audit).toMatchObject({
      action: 'document.corrected',
      actor: correctedBy,
      after: { fields: ['amountYen'] },
    });
    expect(await correctDocument(db, { ...correction, documentId: randomUUID(), changes: {} })).toBeNull();
  });
});

describe('hasso archive export', () => {
  const run = async (...args: string[]) => {
    const before = { ...process.env };
    Object.assign(process.env, env);
    const program = new Command('hasso').exitOverride();
    registerArchive(program);
    try {
      await program.parseAsync(['archive', 'export', ...args], { from: 'user' });
    } finally {
      process.env = before;
    }
  };

  test('writes every document of the period, byte for byte, with an index that names it and its corrections', async () => {
    const out = join(folder, 'out.zip');
    await run('--from', '2031-04-01', '--to', '2031-05-01', '--out', out);
    execFileSync('unzip', ['-q', out, '-d', join(folder, 'out')]);
    const read = (name: string) => readFileSync(join(folder, 'out', name));
    const table = (name: string): Record<string, string>[] => parse(read(name), { columns: true, bom: true });
    const index = table('index.csv').filter((entry) => entry.番号?.startsWith(mark));
    expect(
      index.map((entry) => [entry.番号?.slice(-1), entry['金額（円）'], entry.取引先, entry.訂正]),
    ).toEqual([
      ['1', '110000', '髙﨑商事株式会社', ''],
      ['2', '230000', '高崎商事株式会社', '1件'],
      ['3', '110000', '\'=Ｈａｎａｋｏ "Co", Ltd', ''],
    ]);
    for (const entry of index) {
      expect(read(entry.ファイル ?? '').toString()).toBe(`%PDF-1.7 ${entry.番号}`);
    }
    expect(table('corrections.csv')).toMatchObject([{ 項目: '金額', 訂正前: '220000', 訂正後: '230000' }]);
    const audit = await db.query.auditEntries.findFirst({
      where: (t, { eq }) => eq(t.subjectId, '2031-04-01/2031-05-01'),
    });
    expect(audit).toMatchObject({ action: 'archive.exported', actor: 'cli' });
  });

  test('of a damaged document fails and leaves no file that could be taken for whole', async () => {
    await archive({ number: `${mark}-5`, documentOn: civilDate('2032-04-01') });
    const { storageKey } = await rowOf(`${mark}-5`);
    writeFileSync(join(env.DOCUMENTS_DIR ?? '', storageKey), 'other');
    const out = join(folder, 'damaged.zip');
    await expect(run('--from', '2032-04-01', '--to', '2032-04-01', '--out', out)).rejects.toThrow('damaged');
    expect(() => readFileSync(out)).toThrow();
    expect(() => readFileSync(`${out}.partial`)).toThrow();
  });
});
