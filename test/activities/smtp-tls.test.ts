import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, expect, test } from 'vitest';
import { createSmtpMailer } from '../../activities/mail/mailer.ts';
import { probeSmtp } from '../../clients/smtp.ts';
import { whyUnreachable } from '../../domain/base/unreachable.ts';
import { authority, issued } from '../support/certificates.ts';

/** Real mail servers with certificates of our own. */
const folder = mkdtempSync(join(tmpdir(), 'hasso-smtp-tls-'));
const own = authority('Own authority');
const caFile = join(folder, 'own.pem');
writeFileSync(caFile, own.pem);
const servers: SMTPServer[] = [];

afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
  rmSync(folder, { recursive: true });
});

async function mailServer(options: SMTPServerOptions): Promise<{ port: number; taken: () => number }> {
  let taken = 0;
  const server = new SMTPServer({
    authOptional: true,
    onAuth: (auth, _, done) =>
      auth.password === 'right' ? done(null, { user: auth.username }) : done(new Error('no')),
    onData: (stream, _, done) => {
      stream.resume();
      stream.once('end', () => {
        taken += 1;
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.server.address() as AddressInfo).port, taken: () => taken };
}

const withTls = (hosts: readonly string[], expired = false) => {
  const { pem, keyPem } = issued(own, hosts, expired);
  return { cert: pem, key: keyPem };
};

async function reason(url: string, file: string | undefined = caFile): Promise<string | null> {
  try {
    await probeSmtp({ url, caFile: file });
    return null;
  } catch (error) {
    return error instanceof Error && !('code' in error) ? error.message : whyUnreachable(error);
  }
}

test('mail by smtps and by a STARTTLS that must succeed reaches a server whose authority is named', async () => {
  const direct = await mailServer({ secure: true, ...withTls(['localhost']) });
  const upgraded = await mailServer(withTls(['localhost']));
  for (const [server, url] of [
    [direct, `smtps://user:right@localhost:${direct.port}`],
    [upgraded, `smtp://localhost:${upgraded.port}?requireTLS=true`],
  ] as const) {
    expect(await reason(url)).toBeNull();
    const mailer = createSmtpMailer({ url, caFile, from: 'a@hasso.example' });
    const sent = await mailer.send(
      Buffer.from('Subject: x\r\n\r\ny\r\n'),
      'b@customer.example',
      '<1@hasso.example>',
    );
    mailer.close();
    expect(sent.status).toBe('accepted');
    expect(server.taken()).toBe(1);
  }
});

test('a server that offers no STARTTLS gets nothing where TLS is required', async () => {
  const plain = await mailServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
  const url = `smtp://localhost:${plain.port}?requireTLS=true`;
  expect(await reason(url)).toMatch(/TLS/);
  const mailer = createSmtpMailer({ url, caFile, from: 'a@hasso.example' });
  const sent = await mailer.send(
    Buffer.from('Subject: x\r\n\r\ny\r\n'),
    'b@customer.example',
    '<1@hasso.example>',
  );
  mailer.close();
  expect(sent.status).not.toBe('accepted');
  expect(plain.taken()).toBe(0);
});

test.each([
  [
    'an authority that nobody named',
    ['localhost'],
    false,
    undefined,
    /authority of the server’s certificate is not known/,
  ],
  ['a certificate for another name', ['mail.operator.jp'], false, caFile, /is for another name/],
  ['an expired certificate', ['localhost'], true, caFile, /has expired/],
] as const)('%s is refused with a sentence', async (_, hosts, expired, file, sentence) => {
  const server = await mailServer({ secure: true, ...withTls(hosts, expired) });
  expect(await probeOf(`smtps://localhost:${server.port}`, file)).toMatch(sentence);
});

/** `undefined` as a file means none. */
const probeOf = (url: string, file: string | undefined) =>
  probeSmtp({ url, caFile: file }).then(
    () => null,
    (error: unknown) => whyUnreachable(error),
  );

test('a wrong password and a file that is not there are told', async () => {
  const server = await mailServer({ secure: true, ...withTls(['localhost']) });
  expect(await reason(`smtps://user:wrong@localhost:${server.port}`)).toBe(
    'the server refuses user and password (EAUTH)',
  );
  expect(await reason('smtps://localhost:1', '/none.pem')).toMatch(
    /SMTP_CA_FILE: \/none.pem cannot be read: there is no such file/,
  );
});
