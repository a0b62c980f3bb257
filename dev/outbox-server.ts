import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/**
 * The mailbox of the whole world in development: takes every mail and writes each delivery to a file of its own,
 * so that a mail sent twice is seen twice. Arguments: folder, port.
 */
const [dir = '', port = ''] = process.argv.slice(2);
mkdirSync(dir, { recursive: true });
let sequence = 0;

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  size: 50 * 1024 * 1024,
  onData(stream, session, callback) {
    buffer(stream)
      .then((mail) => {
        const { mailFrom, rcptTo } = session.envelope;
        store(mail, {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((recipient) => recipient.address),
        });
        callback();
      })
      .catch(callback);
  },
});
server.on('error', (error) => console.error(error));
server.listen(Number(port), '127.0.0.1');
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));

/** The envelope is written first: whoever sees the mail finds its envelope beside it. */
function store(mail: Buffer, envelope: { readonly from: string; readonly to: readonly string[] }): void {
  const receivedAtMs = Date.now();
  sequence += 1;
  const name = `${receivedAtMs}-${String(sequence).padStart(6, '0')}-${messageIdHash(mail)}`;
  writeWhole(
    `${name}.json`,
    JSON.stringify({ ...envelope, receivedAt: new Date(receivedAtMs).toISOString() }),
  );
  writeWhole(`${name}.eml`, mail);
  console.log(`${name} to ${envelope.to.length} recipient(s)`);
}

function messageIdHash(mail: Buffer): string {
  const header = mail.toString('latin1').split(/\r?\n\r?\n/, 1)[0] ?? '';
  const messageId = /^message-id:\s*(\S+)/im.exec(header)?.[1] ?? '';
  return createHash('sha256').update(messageId).digest('hex').slice(0, 32);
}

// On disk before the sender is told so: an accepted mail survives a kill.
function writeWhole(name: string, content: string | Buffer): void {
  const path = join(dir, name);
  const file = openSync(`${path}.tmp`, 'w');
  if (typeof content === 'string') writeSync(file, content);
  else writeSync(file, content);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.tmp`, path);
}
