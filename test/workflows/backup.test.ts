import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restoreBackup } from '../../cli/backup/restore.ts';
import { loadBackupConfig } from '../../config.ts';
import { sealRow } from '../../db/personal/seal-row.ts';
import { verifyAudit } from '../../db/queries/audit/verify.ts';
import { applicationDocuments, applications, contacts, personalKeys } from '../../db/schema/index.ts';
import { nodeArgs, rootDir } from '../../dev/paths.ts';
import { compareAll } from '../../gateway/reconcile-sweep.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { contractDriver } from '../support/contract-life.ts';
import { endings } from '../support/ended-contract.ts';
import { type KillableStack, startKillableStack } from '../support/own-stack.ts';
import { pdfOf } from '../support/pdf.ts';
import { applicants, eventually } from '../support/people.ts';
import { storedContract } from '../support/stored-contract.ts';

const WORD = '株式会社消去復元';
const folder = mkdtempSync(join(tmpdir(), 'hasso-backup-'));
const backups = join(folder, 'backups');
let stack: KillableStack;
/** Environment of the first stack: its secrets and its folder are those of the second too. */
let env: Record<string, string>;
let recipient = '';

interface Told {
  code: number;
  text: string;
}

/** Runs `hasso` as a process of its own, beside nothing but these settings. */
function hasso(settings: Record<string, string>, ...args: string[]): Promise<Told> {
  const { PATH = '', HOME = '' } = process.env;
  return new Promise((done) => {
    const options = { cwd: rootDir, env: { PATH, HOME, ...settings } };
    execFile(process.execPath, nodeArgs('cli/main.ts', ...args), options, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), text: `${stdout}${stderr}` }),
    );
  });
}

const stateDir = () => dirname(env.DOCUMENTS_DIR ?? '');
const running = () => ({ ...env, HASSO_DATA_DIR: stateDir() });
const back = (set: string, settings: Record<string, string>) =>
  hasso(settings, 'restore', join(backups, set), '--identity', join(folder, 'key.txt'));
const identityOf = (name: string) =>
  /AGE-SECRET-KEY-\S+/.exec(readFileSync(join(folder, name), 'utf8'))?.[0] ?? '';
const sets = () =>
  readdirSync(backups)
    .filter((name) => /^\d/.test(name))
    .toSorted();

async function backup(): Promise<string> {
  const told = await hasso(running(), 'backup', '--to', backups, '--recipient', recipient);
  expect(told.text).toContain('バックアップを作成しました');
  expect(told.code).toBe(0);
  return sets().at(-1) ?? '';
}

async function keyPair(name: string): Promise<string> {
  const { text } = await hasso({}, 'backup', 'key');
  writeFileSync(join(folder, name), text);
  return /age1\w+/.exec(text)?.[0] ?? '';
}

beforeAll(async () => {
  stack = await startKillableStack();
  env = stack.env;
  recipient = await keyPair('key.txt');
  await keyPair('other.txt');
}, 240_000);
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('backup, wipe, restore', () => {
  const live = { contractId: '', applicationId: '' };
  const gone = { contractId: '', applicationId: '', file: '' };
  let before = '';
  let after = '';

  test('a set is made of a running system, and another after a customer was deleted', async () => {
    const { db, client } = stack;
    const storage = createFileStorage(env.DOCUMENTS_DIR ?? '');
    const life = endings(db, client);
    live.contractId = await applicants(db, client).conclude({
      contractKind: 'monthly',
      companyName: '株式会社存続',
    });
    await contractDriver(db, client, live.contractId).mailed('certificateIssued');
    live.applicationId = (await life.contractRow(live.contractId)).applicationId;
    gone.contractId = await life.ended(
      { companyName: WORD, contactEmail: 'kieru@fukugen.example' },
      async (id) => {
        const { applicationId } = await life.contractRow(id);
        const file = await storage.put(await pdfOf('only of the one who is deleted'));
        Object.assign(gone, { applicationId, file: file.key });
        await db.insert(applicationDocuments).values(
          sealRow(applicationDocuments, applicationId, {
            ...{ applicationId, fileName: '申込書.pdf', contentType: 'application/pdf', addedBy: 'test' },
            ...{ storageKey: file.key, sha256: file.sha256, bytes: file.bytes },
          }),
        );
      },
    );
    await life.start(gone.contractId);
    await eventually('the deletion waits', async () => life.row(gone.contractId));
    before = await backup();
    await life.toDay(gone.contractId, 31);
    await life.over(gone.contractId);
    expect(await life.row(gone.contractId)).toMatchObject({ status: 'done' });
    after = await backup();
    expect(sets()).toEqual([before, after]);
  }, 300_000);

  test('nothing in the folder can be read without the private key', () => {
    const all = readdirSync(backups, { recursive: true, encoding: 'utf8', withFileTypes: true });
    const files = all.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
    expect(files.length).toBeGreaterThan(100);
    const heads = files
      .filter((path) => !path.endsWith('keys.json'))
      .map((path) => readFileSync(path, 'latin1'));
    expect(heads.filter((text) => !text.startsWith('age-encryption.org/v1'))).toEqual([]);
    const keys: { personal: Record<string, unknown> } = JSON.parse(
      readFileSync(join(backups, 'keys.json'), 'utf8'),
    );
    expect(keys.personal[gone.applicationId]).toMatchObject({ wrapped: null });
    expect(keys.personal[live.applicationId]).toMatchObject({ wrapped: expect.stringContaining('hx1:') });
  });

  test('it refuses a full database, another key, another master key and a flipped byte, each in a sentence', async () => {
    const refused = (set: string, change: { identity?: string; masterKey?: string } = {}) => {
      const { identity = identityOf('key.txt'), masterKey = env.PERSONAL_DATA_KEY ?? '' } = change;
      return restoreBackup({
        config: loadBackupConfig({ ...env, PERSONAL_DATA_KEY: masterKey }),
        ownerUrl: env.DATABASE_OWNER_URL ?? '',
        set: join(backups, set),
        identity,
        stateDir: join(folder, 'empty'),
        temporalUrls: [],
      });
    };
    const full = await back(after, { ...env, HASSO_DATA_DIR: join(folder, 'empty') });
    expect(full).toMatchObject({
      code: 1,
      text: expect.stringMatching(/^The database is not empty [^\n]+\n$/),
    });
    const other = refused(after, { identity: identityOf('other.txt') });
    await expect(other).rejects.toThrow(/^This private key does not open the backup/);
    const strange = refused(after, { masterKey: 'a'.repeat(64) });
    await expect(strange).rejects.toThrow(/^PERSONAL_DATA_KEY is not the one of the backup/);
    const store = readdirSync(join(backups, after)).filter((name) => name.startsWith('temporal'));
    expect(store).toHaveLength(1);
    for (const file of ['contracts.age', 'manifest.age', ...store]) {
      cpSync(join(backups, after), join(backups, 'flipped'), { recursive: true });
      const path = join(backups, 'flipped', file);
      const bytes = readFileSync(path);
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 20) ^ 1, bytes.length - 20);
      writeFileSync(path, bytes);
      await expect(refused('flipped'), file).rejects.toThrow(/ is damaged: its checksum [^\n]+$/);
    }
  });

  test('the older set comes back after everything is lost, without what was deleted since', async () => {
    const folderOfStack = stateDir();
    await stack.stop();
    const told = await back(before, {
      HASSO_DATA_DIR: folderOfStack,
      PERSONAL_DATA_KEY: env.PERSONAL_DATA_KEY ?? '',
    });
    expect(told.text).toContain(`データ削除をやり直しました：contract/${gone.contractId}`);
    expect(told.text).toContain('改ざん、欠落、入れ替えはありません');
    expect(told.text).toContain('手続き（Temporal）も同じ時点に戻しました');
    expect(told.code).toBe(0);
    stack = await startKillableStack({ PERSONAL_DATA_KEY: env.PERSONAL_DATA_KEY ?? '' }, folderOfStack);
    env = stack.env;
    const { db } = stack;
    const storage = createFileStorage(env.DOCUMENTS_DIR ?? '');
    expect(await storage.has(gone.file)).toBe(false);
    const [application] = await db.select().from(applications).where(eq(applications.id, gone.applicationId));
    expect(application).toMatchObject({ companyName: '', contactEmail: '' });
    expect(await db.select().from(contacts).where(eq(contacts.contractId, gone.contractId))).toEqual([]);
    const [kept] = await db.select().from(applications).where(eq(applications.id, live.applicationId));
    expect(kept).toMatchObject({ companyName: '株式会社存続' });
    const unwrapped = await db.select().from(personalKeys).where(isNull(personalKeys.wrapped));
    expect(unwrapped.map(({ ownerId }) => ownerId)).toContain(gone.applicationId);
    expect(await verifyAudit(db)).toMatchObject({ problems: [] });
    const certificate = await db.query.documents.findFirst({
      where: (t, { eq }) => eq(t.subjectId, live.contractId),
    });
    expect(await storage.has(certificate?.storageKey ?? '')).toBe(true);
  }, 300_000);

  test('rows and workflows agree, contracts go on, and the repeated deletion ends by itself', async () => {
    const { db, client } = stack;
    const life = endings(db, client);
    await life.toDay(gone.contractId, 31);
    await life.over(gone.contractId);
    expect(await life.row(gone.contractId)).toMatchObject({ status: 'done' });
    const driver = contractDriver(db, client, live.contractId);
    const { answer } = await driver.ask({ kind: 'cancellation', arrived: new Date().toISOString() });
    expect(answer).toMatchObject({ ok: true });
    const found = await compareAll({ db, client }, { pauseMs: 3_000, pageSize: 100 });
    expect(found.differing).toEqual([]);
    expect(found.checked).toBeGreaterThan(2);
  }, 300_000);

  test('a live contract and its application without workflows are told in words', async () => {
    const { contractId } = await storedContract(stack);
    const told = await hasso(running(), 'reconcile');
    expect(told.code).toBe(1);
    expect(told.text).toContain('2件には、動いているはずの手続きがありません');
    expect(told.text).toContain(`contract/${contractId}`);
  });
});
