import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { messageIdOf } from '../../activities/mail/mailer.ts';
import { findMail } from '../../db/queries/mail/records.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { nodeArgs } from '../../dev/paths.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import { storeApplication } from '../support/application.ts';
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

  test('in the narrow window of a server that cannot be asked comes twice as the same message: same bytes, same Message-ID', async () => {
    const smtp = await server(({ count }) => (count === 1 ? 'cut' : 'take'));
    const { sendMail } = sender({ url: smtp.url });
    const input = receiptMail(applicationId);
    await expect(sendMail(input)).rejects.toThrow('tried again');
    await sendMail(input);
    const [first, second, ...more] = smtp.mails();
    expect(more).toEqual([]);
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
    expect(first?.toString()).toContain(messageIdOf(input.key, 'hasso.example'));
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
    const { DATABASE_URL = '', PERSONAL_DATA_KEY = '' } = inject('stackEnv');
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
