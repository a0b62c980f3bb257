import { createHash } from 'node:crypto';
import type { MailFile } from './read.ts';

/**
 * A mail to keep in place of one with attachments that may not be stored: its header as it stands, its words as a person reads
 * them, every attachment by name and digest only.
 */
export function withoutAttachments({ root, text, attachments }: MailFile): Uint8Array {
  const list = attachments.map(
    ({ fileName, bytes }) => `${fileName}（SHA-256 ${createHash('sha256').update(bytes).digest('hex')}）`,
  );
  const body = [text, '', '--', '添付ファイルは、このファイルから取り除いてあります：', ...list].join('\r\n');
  const packed = Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n');
  const described = [
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  return Buffer.concat([
    root.header.rawWithoutContent(),
    Buffer.from([...described, '', packed, ''].join('\r\n')),
  ]);
}
