import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { staffPage } from '../../components/layout.tsx';
import { MailArticle } from '../../components/mail-article.tsx';
import { Table } from '../../components/table.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import { instantText } from '../../format.ts';
import { attachment } from '../../http/download.ts';
import { Problem } from '../../http/problem.ts';
import type { Routes } from '../../routes.ts';
import { frame, outboxDir } from '../console.ts';

/** `${receivedAtMs}-${seq}-${hash}.eml`, as the development mailbox names them. */
const FILE = /^(\d+)-\d+-[\w-]+\.eml$/;
/** More is not read at once: a mailbox of a developer, not an archive. */
const SHOWN = 100;

interface CaughtMail {
  file: string;
  receivedAt: Date;
  mail: ParsedMail;
}

const OUTBOX = { right: 'seeOutbox', shows: 'outbox' } as const;

/** The development mailbox: mails that were caught instead of sent. Absent in production, and where mail is really sent. */
export function outboxRoutes(app: Routes, deps: WebDependencies): void {
  const dir = outboxDir(deps.config);
  if (dir === null) return;

  app.get('/staff/outbox', OUTBOX, async (c) => {
    const files = (await listMails(dir)).slice(0, SHOWN);
    const mails = await Promise.all(files.map((file) => openMail(dir, file)));
    return c.html(listPage(frame(c, deps, 'outbox'), mails));
  });

  app.get('/staff/outbox/:file', OUTBOX, async (c) => {
    return c.html(mailPage(frame(c, deps, 'outbox'), await openMail(dir, c.req.param('file'))));
  });

  app.get('/staff/outbox/:file/:index{[0-9]{1,3}}', OUTBOX, async (c) => {
    const { mail } = await openMail(dir, c.req.param('file'));
    const found = mail.attachments[Number(c.req.param('index'))];
    if (found === undefined) throw new Problem(404);
    return attachment(c, found.content, {
      fileName: found.filename ?? 'attachment',
      contentType: found.contentType,
    });
  });
}

/** Newest first. */
async function listMails(dir: string): Promise<string[]> {
  const names = await readdir(dir).catch(() => []);
  return names.filter((name) => FILE.test(name)).sort((a, b) => orderOf(b) - orderOf(a));
}

function orderOf(name: string): number {
  return Number(FILE.exec(name)?.[1] ?? 0);
}

async function openMail(dir: string, file: string): Promise<CaughtMail> {
  const received = FILE.exec(file)?.[1];
  if (received === undefined) throw new Problem(404);
  const source = await readFile(join(dir, file)).catch(() => null);
  if (source === null) throw new Problem(404);
  return { file, receivedAt: new Date(Number(received)), mail: await simpleParser(source) };
}

function recipients(to: ParsedMail['to']): string {
  const lists: AddressObject[] = to === undefined ? [] : Array.isArray(to) ? to : [to];
  return lists.map(({ text }) => text).join(', ');
}

function listPage(console: ReturnType<typeof frame>, mails: readonly CaughtMail[]) {
  return staffPage({
    ...console,
    title: `送信トレイ（${mails.length}件）`,
    children: (
      <>
        <h1>
          送信トレイ <span class="count">{mails.length}件</span>
        </h1>
        <p class="lead">開発環境で送信されたメールです。実際の宛先には届いていません。</p>
        <Table
          caption="送信されたメール"
          rows={mails}
          empty="送信されたメールはまだありません。"
          columns={[
            {
              head: '件名',
              cell: ({ file, mail }) => (
                <a class="row-link" href={`/staff/outbox/${file}`}>
                  {mail.subject ?? '（件名なし）'}
                </a>
              ),
            },
            { head: '宛先', cell: ({ mail }) => recipients(mail.to) },
            {
              head: '添付',
              cell: ({ mail }) => (mail.attachments.length === 0 ? 'なし' : `${mail.attachments.length}件`),
            },
            { head: '送信日時', cell: ({ receivedAt }) => instantText(receivedAt) },
          ]}
        />
      </>
    ),
  });
}

function mailPage(console: ReturnType<typeof frame>, { file, receivedAt, mail }: CaughtMail) {
  return staffPage({
    ...console,
    title: mail.subject ?? '（件名なし）',
    children: (
      <MailArticle
        mail={mail}
        back={{ href: '/staff/outbox', label: '送信トレイに戻る' }}
        facts={[
          { label: '宛先', value: recipients(mail.to) },
          { label: '差出人', value: mail.from?.text ?? '' },
          { label: '送信日時', value: instantText(receivedAt) },
        ]}
        fileHref={(index) => `/staff/outbox/${file}/${index}`}
      />
    ),
  });
}
