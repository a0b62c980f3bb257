import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { jstText } from '../domain/calendar/civil-date.ts';
import { meaningOf } from '../storage/mail/meaning.ts';
import { looksLikeMail } from '../storage/mail/mime.ts';
import { isUnreadable, type MailArrival, readMail } from '../storage/mail/read.ts';

const NO_MAIL = 'メールのファイルではありません。';
const OURS = /^<?[0-9a-f]{32}(@|$)/i;

/** What `hasso mail read` prints; docs/mail.md lists the fields. */
async function describe(path: string) {
  const bytes = new Uint8Array(await readFile(path));
  const nothing = {
    kind: 'unreadable',
    recipient: null,
    messageId: null,
    status: null,
    answer: '',
    references: [],
  };
  if (!looksLikeMail(bytes))
    return { file: path, ...nothing, ...arrivalFacts(null), attachments: [], warnings: [], reason: NO_MAIL };
  const mail = readMail(bytes);
  const { from, to, subject } = mail;
  const facts = { ...arrivalFacts(mail.arrival), from, to, subject };
  if (isUnreadable(mail))
    return { file: path, ...nothing, ...facts, text: '', attachments: [], warnings: [], reason: mail.reason };
  const { complaint: _, ...meaning } = meaningOf(mail);
  const { references } = meaning;
  return {
    file: path,
    ...meaning,
    messageId: references.find((id) => OURS.test(id)) ?? references.find((id) => id.startsWith('<')) ?? null,
    ...facts,
    text: mail.text,
    attachments: mail.attachments.map(({ fileName, contentType, bytes: content, within }) => ({
      name: fileName,
      type: contentType,
      bytes: content.byteLength,
      within,
    })),
    warnings: mail.remarks,
    reason: null,
  };
}

function arrivalFacts(arrival: MailArrival | null) {
  return {
    arrival: arrival === null ? null : jstText(arrival.at.getTime()),
    arrivalFrom: arrival?.from ?? null,
    arrivalZone: arrival?.zone ?? null,
  };
}

/** Adds `mail read`: what a mail file is understood as. Needs no services and changes nothing. */
export function registerMail(program: Command): void {
  program
    .command('mail')
    .description('届いたメールのファイルを、運用管理と同じ読み方で読みます')
    .command('read')
    .description('1通のメールをどう理解するか（不達の報告か、到着日時、本文、添付ファイル）を表示します')
    .argument('<file>', 'メールのファイル（.eml）')
    .option('--json', '結果をJSONで出力します')
    .action(async (file: string, { json }: { json?: true }, command: Command) => {
      const read = await describe(file).catch((error: NodeJS.ErrnoException) => {
        if (error.code === undefined) throw error;
        return command.error(`ファイルを読めません：${error.message}`);
      });
      const text = json
        ? JSON.stringify(read)
        : Object.entries(read)
            .map(([name, value]) => `${name}: ${lineOf(value)}`)
            .join('\n');
      process.stdout.write(`${text}\n`);
    });
}

const lineOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
