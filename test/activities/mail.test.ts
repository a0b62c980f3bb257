import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { MailInput } from '../../activities/mail/index.ts';
import { messageIdOf } from '../../activities/mail/mailer.ts';
import { recordBounce } from '../../db/queries/mail/bounce.ts';
import { findMail } from '../../db/queries/mail/records.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { nodeArgs } from '../../dev/paths.ts';
import { FAILURE, NOT_YET } from '../../domain/base/failures.ts';
import { storeApplication } from '../support/application.ts';
import { stackEnv } from '../support/stacks.ts';
import { openTestDatabase } from '../support/workers.ts';
import { mailActivities, receiptMail, startMailServer } from './mail-support.ts';

const { db, close } = openTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'hasso-mail-'));
const documents = join(folder, 'documents');
const cleanUp: (() => unknown)[] = [];
let applicationId: string;
let servers = 0;

beforeAll(async () => {
  await addBaseData(db);
  ({ applicationId } = await storeApplication(db));
});

afterEach(async () => {
  vi.useRealTimers();
  for (const task of cleanUp.splice(0).reverse()) await task();
});

afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

async function server(
  ...[decide, options]: Parameters<typeof startMailServer> extends [string, ...infer R] ? R : never
) {
  servers += 1;
  const started = await startMailServer(join(folder, `outbox-${servers}`), decide, options);
  cleanUp.push(started.stop);
  return started;
}

function sender(settings: Parameters<typeof mailActivities>[2]) {
  const activities = mailActivities(db, documents, settings);
  cleanUp.push(() => activities.mailer.close());
  return activities;
}

/** The day goes on by itself: so much later. */
function laterBy(milliseconds: number): void {
  const now = Date.now();
  if (!vi.isFakeTimers()) vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(now + milliseconds);
}

describe('a mail', () => {
  test('is sent once however often it is asked for, and the server’s answer and time are kept', async () => {
    const smtp = await server(() => 'take');
    const { sendMail } = sender({ url: smtp.url });
    const input = receiptMail(applicationId);
    const first = await sendMail(input);
    expect(await sendMail(input)).toEqual(first);
    expect(smtp.mails()).toHaveLength(1);
    expect(await findMail(db, input.key)).toMatchObject({
      status: 'accepted',
      attempts: 1,
      mailClass: 'contract',
      serverAnswer: expect.stringContaining('2.0.0 taken'),
      acceptedAt: new Date(first.acceptedMs),
    });
  });

  test('waits while the server fails, says so with its answer, and goes out once when it is back', async () => {
    const smtp = await server(({ count }) => (count < 3 ? { code: 451, text: '4.3.0 try later' } : 'take'));
    const { sendMail } = sender({ url: smtp.url });
    const input = receiptMail(applicationId);
    await expect(sendMail(input)).rejects.toThrow('tried again');
    expect(await findMail(db, input.key)).toMatchObject({
      status: 'deferred',
      serverAnswer: expect.stringContaining('4.3.0 try later'),
      answeredAt: expect.any(Date),
      acceptedAt: null,
    });
    await expect(sendMail(input)).rejects.toThrow('tried again');
    await sendMail(input);
    expect(smtp.mails()).toHaveLength(1);
    expect(await findMail(db, input.key)).toMatchObject({ status: 'accepted', attempts: 3 });
  });

  test('that one recipient’s server refuses fails for good, and the others go out', async () => {
    const smtp = await server(() => 'take');
    const { sendMail } = sender({ url: smtp.url });
    const refused = await storeApplication(db, { contactEmail: 'refused@customer.example' });
    const input = receiptMail(refused.applicationId);
    const [failed, sent] = await Promise.allSettled([sendMail(input), sendMail(receiptMail(applicationId))]);
    expect(failed).toMatchObject({
      status: 'rejected',
      reason: { type: FAILURE.mailRefused, nonRetryable: true },
    });
    expect(sent?.status).toBe('fulfilled');
    expect(smtp.mails()).toHaveLength(1);
    expect(await findMail(db, input.key)).toMatchObject({
      status: 'refused',
      serverAnswer: expect.stringContaining('5.1.1 no such user'),
    });
  });

  test('to a slow server is not sent a second time by an attempt that starts meanwhile', async () => {
    const asked = new EventEmitter();
    const smtp = await server(async () => {
      await once(asked, 'answer');
      return 'take' as const;
    });
    const input = receiptMail(applicationId);
    const slow = sender({ url: smtp.url }).sendMail(input);
    await vi.waitFor(async () => expect((await findMail(db, input.key))?.status).toBe('sending'));
    const other = sender({ url: smtp.url });
    await expect(other.sendMail(input)).rejects.toThrow('still goes on');
    await vi.waitFor(() => expect(asked.emit('answer')).toBe(true));
    const receipt = await slow;
    expect(await other.sendMail(input)).toEqual(receipt);
    expect(smtp.mails()).toHaveLength(1);
  });

  test('whose connection is cut after the server took it is not sent again where the server can be asked', async () => {
    const smtp = await server(({ count }) => (count === 1 ? 'cut' : 'take'));
    const { sendMail } = sender({ url: smtp.url, outboxDir: smtp.dir });
    const input = receiptMail(applicationId);
    await expect(sendMail(input)).rejects.toThrow('tried again');
    expect(await findMail(db, input.key)).toMatchObject({ status: 'sending', acceptedAt: null });
    await sendMail(input);
    expect(smtp.mails()).toHaveLength(1);
    expect(await findMail(db, input.key)).toMatchObject({ status: 'accepted', attempts: 1 });
  });

  test('whose connection is cut at a server that cannot be asked rests, and then comes as the same message: same bytes, same Message-ID', async () => {
    const smtp = await server(({ count }) => (count === 1 ? 'cut' : 'take'));
    const { sendMail } = sender({ url: smtp.url });
    const input = receiptMail(applicationId);
    await expect(sendMail(input)).rejects.toThrow('tried again');
    const rest = await sendMail(input).catch((error: unknown) => error);
    expect(rest).toMatchObject({
      type: NOT_YET,
      nonRetryable: false,
      message: expect.stringContaining('rests'),
    });
    expect(rest).toHaveProperty('nextRetryDelay', expect.any(Number));
    expect(smtp.mails()).toHaveLength(1);
    laterBy(14 * 60_000);
    await expect(sendMail(input)).rejects.toThrow('rests');
    laterBy(2 * 60_000);
    await sendMail(input);
    const [first, second, ...more] = smtp.mails();
    expect(more).toEqual([]);
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
    expect(first?.toString()).toContain(messageIdOf(input.key, 'hasso.example'));
  });

  test('whose connection is cut each time rests for longer each time', async () => {
    const smtp = await server(() => 'cut');
    const { sendMail } = sender({ url: smtp.url });
    const input = receiptMail(applicationId);
    await expect(sendMail(input)).rejects.toThrow('tried again');
    laterBy(16 * 60_000);
    await expect(sendMail(input)).rejects.toThrow('tried again');
    laterBy(16 * 60_000);
    await expect(sendMail(input)).rejects.toThrow('rests');
    laterBy(15 * 60_000);
    await expect(sendMail(input)).rejects.toThrow('tried again');
    expect(smtp.mails()).toHaveLength(3);
  });

  test('that came back has not arrived, and need not rest', async () => {
    const smtp = await server(({ count }) => (count === 1 ? 'cut' : 'take'));
    const { sendMail } = sender({ url: smtp.url });
    const input = receiptMail(applicationId);
    await expect(sendMail(input)).rejects.toThrow('tried again');
    const bounce = { messageId: messageIdOf(input.key, 'hasso.example'), status: '4.4.7', answer: 'expired' };
    expect(await recordBounce(db, bounce, new Date())).toBe('recorded');
    await sendMail(input);
    expect(smtp.mails()).toHaveLength(2);
  });

  test('for a server that never greets has not left, and is tried again as soon as it is back', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    cleanUp.push(() => new Promise((resolve) => silent.close(resolve)));
    const { port } = silent.address() as AddressInfo;
    const input = receiptMail(applicationId);
    const first = sender({ url: `smtp://127.0.0.1:${port}?greetingTimeout=100` });
    await expect(first.sendMail(input)).rejects.toThrow('tried again');
    expect(await findMail(db, input.key)).toMatchObject({ status: 'deferred' });
    const smtp = await server(() => 'take');
    await sender({ url: smtp.url }).sendMail(input);
    expect(smtp.mails()).toHaveLength(1);
  });

  test('of a process killed before it noted the server’s answer is sent once, and the next process goes on at once', async () => {
    const killed = new EventEmitter();
    let kill = (): unknown => undefined;
    const smtp = await server(async ({ count }) => {
      if (count > 1) return 'take';
      const gone = once(killed, 'gone');
      kill();
      await gone;
      return 'cut';
    });
    const input = receiptMail(applicationId);
    const { DATABASE_URL = '', PERSONAL_DATA_KEY = '' } = stackEnv();
    const args = nodeArgs(
      'test/activities/mail-sender.ts',
      DATABASE_URL,
      PERSONAL_DATA_KEY,
      documents,
      smtp.url,
      JSON.stringify(input),
    );
    const child = spawn(process.execPath, args, { stdio: 'inherit' });
    kill = () => child.kill('SIGKILL');
    await once(child, 'exit');
    killed.emit('gone');
    await vi.waitFor(() => expect(smtp.mails()).toHaveLength(1));
    expect(await findMail(db, input.key)).toMatchObject({ status: 'sending' });
    const next = sender({ url: smtp.url, outboxDir: smtp.dir });
    await vi.waitFor(() => next.sendMail(input), { timeout: 5_000, interval: 50 });
    expect(smtp.mails()).toHaveLength(1);
    expect(await findMail(db, input.key)).toMatchObject({ status: 'accepted', attempts: 1 });
  });

  test('keeps to the connections that the address allows', async () => {
    const smtp = await server(() => 'take');
    const { sendMail } = sender({ url: `${smtp.url}?maxConnections=1` });
    await Promise.all(Array.from({ length: 4 }, () => sendMail(receiptMail(applicationId))));
    expect(smtp.mails()).toHaveLength(4);
    expect(smtp.mostConnections()).toBe(1);
  });

  test('does not leave in clear where the address asks for TLS, and leaves where the server offers it', async () => {
    const clear = await server(() => 'take');
    const input = receiptMail(applicationId);
    await expect(sender({ url: `${clear.url}?requireTLS=true` }).sendMail(input)).rejects.toThrow(
      'tried again',
    );
    expect(clear.mails()).toHaveLength(0);
    const offering = await server(() => 'take', { disabledCommands: ['AUTH'] });
    const url = `${offering.url}?requireTLS=true&tls.rejectUnauthorized=false`;
    await sender({ url }).sendMail(input);
    expect(offering.mails()).toHaveLength(1);
    const untrusted = sender({ url: `${offering.url}?requireTLS=true` });
    await expect(untrusted.sendMail(receiptMail(applicationId))).rejects.toThrow('tried again');
    expect(offering.mails()).toHaveLength(1);
  });
});

test('no mail that leaves before a person has looked carries a word that was typed', async () => {
  const smtp = await server(() => 'take');
  const { sendMail } = sender({ url: smtp.url });
  const typed = {
    companyName: '当選おめでとう株式会社',
    contactName: '今すぐ 連絡',
    representativeName: '至急 返信',
    usePlace: '裏口一番地',
    partnerName: '儲かる商会',
    officersText: '秘密太郎',
  };
  const { applicationId: subjectId } = await storeApplication(db, typed);
  const kinds: MailInput['kind'][] = [
    'applicationReceived',
    'correctionRequested',
    'correctionReminder',
    'applicationLapsed',
    'applicationWithdrawn',
  ];
  for (const kind of kinds) {
    await sendMail({ ...receiptMail(subjectId), key: `${kind}/${subjectId}`, kind });
  }
  const sent = await Promise.all(smtp.mails().map((raw) => simpleParser(raw)));
  expect(sent).toHaveLength(kinds.length);
  for (const { subject, text, html } of sent) {
    for (const word of Object.values(typed)) expect(`${subject}${text}${html}`).not.toContain(word);
    expect(text).toContain('お申し込みのご担当者様');
  }
});

test('sandbox mail leaves for nobody who is not on the list', async () => {
  const smtp = await server(() => 'take');
  const activities = mailActivities(db, documents, { url: smtp.url }, () => false);
  cleanUp.push(() => activities.mailer.close());
  await expect(activities.sendMail(receiptMail(applicationId))).rejects.toMatchObject({
    type: FAILURE.sandboxMailBlocked,
    nonRetryable: true,
  });
  expect(smtp.mails()).toEqual([]);
});
