export interface MailAttachment {
  name: string;
  type: string;
  bytes: Uint8Array | string;
}

/** Base64 in lines of 76, as mails carry it. */
export const mailBase64 = (bytes: Uint8Array | string): string =>
  Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n');
const encoded = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

/** A mail as a mail program saves it, received at 2026-03-02 09:05 in Japan by the topmost Received field. */
export function emlOf(text: string, attachments: readonly MailAttachment[] = []): string {
  const part = (lines: string[], body: string) => ['--B', ...lines, '', body].join('\r\n');
  const parts = [
    part(['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'], mailBase64(text)),
    ...attachments.map(({ name, type, bytes }) =>
      part(
        [
          `Content-Type: ${type}; name="${encoded(name)}"`,
          `Content-Disposition: attachment; filename="${encoded(name)}"`,
          'Content-Transfer-Encoding: base64',
        ],
        mailBase64(bytes),
      ),
    ),
  ];
  const header = [
    'Received: from relay.example by mx.hasso.example with ESMTP id 1;',
    ' Mon, 2 Mar 2026 09:05:00 +0900 (JST)',
    'Received: from sender.example by relay.example; Sun, 1 Mar 2026 23:00:00 +0000',
    `From: ${encoded('青葉 花子')} <hanako@aoba.example>`,
    `Subject: ${encoded('利用申込の件')}`,
    'Date: Fri, 27 Feb 2026 10:00:00 +0900',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=B',
  ];
  return [...header, '', ...parts, '--B--', ''].join('\r\n');
}
