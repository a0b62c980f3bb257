import type { Block, Mail, MailRecipient, MailSender, UnconfirmedRecipient } from './blocks.ts';

type Recipient = MailRecipient | UnconfirmedRecipient | 'staff';

const SANDBOX_NOTE = 'これはテスト環境から送信されたメールです。記載の内容に効力はありません。';
const FONT = "'Hiragino Sans','Yu Gothic UI','Meiryo',sans-serif";
const CELL = 'padding:8px 12px;border-bottom:1px solid #d9dee7;text-align:left;vertical-align:top;';

/**
 * Builds the text and the HTML of a mail from one list of blocks, with salutation and signature.
 * Throws for a link that is neither http nor https.
 */
export function renderMail(
  sender: MailSender,
  recipient: Recipient,
  subject: string,
  blocks: readonly Block[],
): Mail {
  const salutation = salutationLines(recipient);
  const signature = signatureLines(sender, recipient);
  const notes: Block[] = sender.sandbox ? [{ kind: 'note', text: SANDBOX_NOTE }] : [];
  const body = [...notes, ...blocks];
  const fullSubject = oneLine(`${sender.sandbox ? '【テスト】' : ''}【Hasso】${subject}`);
  return {
    subject: fullSubject,
    text: [salutation.join('\n'), ...body.map(blockText), ['-'.repeat(40), ...signature].join('\n')]
      .join('\n\n')
      .concat('\n'),
    html: page(fullSubject, [
      `<p style="margin:0 0 20px;">${salutation.map(escapeHtml).join('<br>')}</p>`,
      ...body.map(blockHtml),
      `<p style="margin:28px 0 0;padding-top:14px;border-top:1px solid #d9dee7;color:#5a6270;font-size:13px;">${signature.map(escapeHtml).join('<br>')}</p>`,
    ]),
  };
}

function salutationLines(recipient: Recipient): string[] {
  if (recipient === 'staff') return ['担当者各位'];
  if (recipient === 'applicant') return ['お申し込みのご担当者様'];
  return [
    recipient.companyName,
    recipient.personName === undefined ? 'ご担当者様' : `${recipient.personName} 様`,
  ];
}

function signatureLines({ operatorName, inquiry }: MailSender, recipient: Recipient): string[] {
  const lines = ['Hasso 運用事務局', operatorName];
  return recipient === 'staff' ? lines : [...lines, `お問い合わせ：${inquiry}`];
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `■ ${block.text}`;
    case 'paragraph':
      return block.text;
    case 'definitions':
      return block.items.map(({ term, value }) => `${term}：${value}`).join('\n');
    case 'list':
      return block.items.map((item) => `・${item}`).join('\n');
    case 'link':
      return `${block.label}：\n${webAddress(block.url)}`;
    case 'note':
      return `※ ${block.text}`;
  }
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2 style="margin:26px 0 10px;font-size:15px;color:#1b2d4f;border-left:4px solid #1b2d4f;padding-left:10px;">${escapeHtml(block.text)}</h2>`;
    case 'paragraph':
      return `<p style="margin:0 0 14px;">${lines(block.text)}</p>`;
    case 'definitions':
      return `<table style="width:100%;border-collapse:collapse;margin:0 0 16px;border-top:1px solid #d9dee7;">${block.items.map(definitionHtml).join('')}</table>`;
    case 'list':
      return `<ul style="margin:0 0 16px;padding-left:22px;">${block.items.map((item) => `<li style="margin:0 0 6px;">${lines(item)}</li>`).join('')}</ul>`;
    case 'link': {
      const url = escapeHtml(webAddress(block.url));
      return `<p style="margin:18px 0;"><a href="${url}" style="display:inline-block;background:#1b2d4f;color:#ffffff;text-decoration:none;padding:10px 22px;border-radius:4px;">${escapeHtml(block.label)}</a><br><span style="font-size:12px;color:#5a6270;word-break:break-all;">${url}</span></p>`;
    }
    case 'note':
      return `<p style="margin:0 0 16px;padding:10px 14px;background:#f2f4f8;font-size:13px;">※ ${lines(block.text)}</p>`;
  }
}

function definitionHtml({ term, value }: { term: string; value: string }): string {
  return `<tr><th scope="row" style="${CELL}width:34%;font-weight:normal;color:#1b2d4f;background:#f2f4f8;">${escapeHtml(term)}</th><td style="${CELL}">${lines(value)}</td></tr>`;
}

function page(title: string, parts: readonly string[]): string {
  return [
    '<!DOCTYPE html>',
    `<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>`,
    `<body style="margin:0;padding:24px 12px;background:#eef0f4;font-family:${FONT};font-size:14px;line-height:1.75;color:#1a1a1a;">`,
    '<div style="max-width:600px;margin:0 auto;background:#ffffff;border-top:4px solid #1b2d4f;padding:28px 28px 24px;">',
    ...parts,
    '</div></body></html>',
    '',
  ].join('\n');
}

function lines(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function webAddress(url: string): string {
  if (!/^https?:$/.test(new URL(url).protocol))
    throw new Error(`A mail may link to web pages only, not to ${url}.`);
  return url;
}

/** A line break in a subject would start another header. */
function oneLine(text: string): string {
  return text.replace(/\s*[\p{Cc}\u2028\u2029]+\s*/gu, ' ').trim();
}
