import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { findMyNumbers } from '../domain/data/my-number.ts';
import { looksLikeMail } from '../storage/mail/mime.ts';
import { checkMail, MAIL_TYPE } from '../storage/upload/mail.ts';
import { inspectUpload, uploadTypeOf } from '../storage/upload-guard.ts';

/** What `hasso upload check` prints; docs/intake.md lists the fields. */
async function check(path: string) {
  const bytes = new Uint8Array(await readFile(path));
  const file = basename(path);
  if (looksLikeMail(bytes)) return checkMailFile(file, bytes);
  const { verdict, pdf } = await inspectUpload(bytes);
  return {
    file,
    accepted: verdict.ok,
    code: verdict.ok ? null : verdict.code,
    cause: 'cause' in verdict ? verdict.cause : null,
    message: verdict.ok ? null : verdict.message,
    type: uploadTypeOf(bytes),
    bytes: bytes.byteLength,
    pages: pdf === null ? null : pdf.pages.length,
    text: pdf === null ? null : masked(pdf.pages.join('\n')),
    otherText: pdf === null ? null : masked(pdf.other.filter((text) => text !== '').join('\n')),
    unread: verdict.ok ? (verdict.unread ?? []) : [],
    attachments: (pdf?.attachments ?? []).map(({ name, bytes: content }) => ({
      name,
      bytes: content.byteLength,
    })),
  };
}

/** A text without the My Numbers in it: they are not printed either (第21条). */
function masked(text: string): string {
  const spots = findMyNumbers(text).toReversed();
  return spots.reduce((left, { start, end }) => `${left.slice(0, start)}●●●●${left.slice(end)}`, text);
}

async function checkMailFile(file: string, bytes: Uint8Array) {
  const checked = await checkMail(file, bytes);
  const facts = { file, type: MAIL_TYPE, bytes: bytes.byteLength, pages: null, otherText: null };
  if (typeof checked === 'string') {
    return {
      ...facts,
      accepted: false,
      code: 'mail',
      cause: null,
      message: checked,
      text: null,
      unread: [],
      attachments: [],
    };
  }
  return {
    ...facts,
    accepted: true,
    code: null,
    cause: null,
    message: null,
    text: checked.mail.text,
    unread: checked.files.flatMap(({ verdict }) => (verdict.ok ? (verdict.unread ?? []) : [])),
    attachments: checked.files.map(({ fileName, bytes: content, verdict }) => ({
      name: fileName,
      bytes: content.byteLength,
      accepted: verdict.ok,
      message: verdict.ok ? null : verdict.message,
    })),
  };
}

/** Adds `upload check`: whether a file would be taken, and why not. Needs no services and stores nothing. */
export function registerUpload(program: Command): void {
  program
    .command('upload')
    .description('届いたファイルを、運用管理と同じ基準で確認します')
    .command('check')
    .description('お預かりできるファイルか（種類、大きさ、個人番号）を確認します')
    .argument('<file>', 'PDF、PNG、JPEG、TIFF、またはメールのファイル')
    .option('--json', '結果をJSONで出力します')
    .action(async (file: string, { json }: { json?: true }, command: Command) => {
      const checked = await check(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === undefined) throw error;
        return command.error(`ファイルを読めません：${error.message}`);
      });
      process.stdout.write(`${json ? JSON.stringify(checked) : linesOf(checked)}\n`);
    });
}

const linesOf = (facts: object) =>
  Object.entries(facts)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
