import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SCRIPT = `
import { Command } from 'commander';
import { registerLists } from './cli/lists.ts';
import { registerMail } from './cli/mail.ts';
import { registerUpload } from './cli/upload.ts';
const program = new Command('hasso');
for (const register of [registerLists, registerMail, registerUpload]) register(program);
await program.parseAsync(process.argv.slice(1), { from: 'user' });
`;

/** Runs a command in a process of its own, without any setting. */
function run(...args: string[]): Promise<{ out: string; error: string; exitCode: number }> {
  const nodeArguments = ['--import', 'tsx', '--input-type=module', '--eval', SCRIPT, '--', ...args];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      nodeArguments,
      { cwd: ROOT, env: { PATH: process.env.PATH, TZ: process.env.TZ } },
      (failure, out, error) => {
        resolve({ out, error, exitCode: failure === null ? 0 : Number(failure.code) });
      },
    );
  });
}
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);
const field = (path: string) => `test/data/field/${path}`;

describe('hasso mail read', { timeout: 30_000 }, () => {
  test('tells a bounce, which mail it is about, and when it came', async () => {
    expect(await json('mail', 'read', field('bounce/b05-no-original-id-in-qp-text.eml'))).toMatchObject({
      kind: 'bounce',
      recipient: 'ito@aozora.example',
      messageId: '<0123456789abcdef0123456789abcdef@hasso.example>',
      status: '5.1.1',
      arrival: '2026-11-24T10:01:00+09:00',
      arrivalFrom: 'date',
      arrivalZone: 'stated',
      reason: null,
    });
  });
  test('tells the words and files of a mail, the same in every time zone', async () => {
    expect(await json('mail', 'read', field('eml/e13-date-without-zone.eml'))).toMatchObject({
      arrival: '2026-03-20T10:00:00+09:00',
      arrivalZone: 'assumed',
    });
    expect(await json('mail', 'read', field('eml/e27-forwarded-as-attachment.eml'))).toMatchObject({
      kind: 'mail',
      attachments: [
        { name: 'fw.eml', type: 'message/rfc822', within: null },
        { name: 'in.pdf', type: 'application/pdf', bytes: 200, within: 'fw.eml' },
      ],
    });
  });
  test('says why a mail or another file is none', async () => {
    expect(await json('mail', 'read', field('bounce/p01-many-parts.eml'))).toMatchObject({
      kind: 'unreadable',
      subject: 'x',
      reason: expect.stringContaining('1,000'),
    });
    expect(await json('mail', 'read', 'package.json')).toMatchObject({ kind: 'unreadable', arrival: null });
    expect(await run('mail', 'read', 'nowhere.eml')).toMatchObject({
      exitCode: 1,
      error: expect.stringContaining('読めません'),
    });
  });
});

describe('hasso lists check', { timeout: 30_000 }, () => {
  test('tells encoding, columns, rows and what was left out', async () => {
    expect(await json('lists', 'check', field('csv/c08-sjis-one-undefined-byte.csv'))).toMatchObject({
      accepted: true,
      encoding: 'Shift_JIS',
      taken: 300,
      refusedCount: 1,
      refused: [{ line: 302, reason: expect.any(String) }],
      rows: { length: 300 },
    });
    expect((await run('lists', 'check', field('csv/c02-birth-date-partial.csv'))).out).toContain(
      '2行目：「生年月日」',
    );
  });
  test('says why a file is no list', async () => {
    expect(await json('lists', 'check', field('pdf/a3-bookmark.pdf'))).toMatchObject({
      accepted: false,
      message: expect.any(String),
    });
  });
});

describe('hasso upload check', { timeout: 60_000 }, () => {
  test('tells whether a file would be taken, and never repeats a My Number', async () => {
    const refused = await run('upload', 'check', field('pdf/a3-bookmark.pdf'), '--json');
    expect(JSON.parse(refused.out)).toMatchObject({
      accepted: false,
      code: 'myNumber',
      pages: 1,
      text: 'moushikomi',
    });
    expect(refused.out).not.toContain('987654321018');
    expect(await json('upload', 'check', field('pdf/m1-501-pages.pdf'))).toMatchObject({
      accepted: false,
      cause: 'pages',
    });
  });
  test('looks into a mail', async () => {
    expect(await json('upload', 'check', field('eml/e21-utf8-subject-and-gif.eml'))).toMatchObject({
      accepted: true,
      attachments: [{ name: 'logo.gif', accepted: false }],
    });
    expect(await json('upload', 'check', field('eml/e19-many-parts.eml'))).toMatchObject({
      accepted: false,
      message: expect.stringContaining('部分'),
    });
  });
});
