import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import { describe, expect, test } from 'vitest';
import { MAX_USED_KIB, runBounded } from '../../storage/bounded/run.ts';
import { checkMail } from '../../storage/upload/mail.ts';
import { createBudget, guardUpload } from '../../storage/upload-guard.ts';
import { BOMBS, pdfWithStream } from '../support/pdf-bombs.ts';

const GIB = 1024 ** 3;
/** What is limited is data; the program itself and its shared libraries come on top. */
const MAX_RESIDENT_KIB = MAX_USED_KIB + 150_000;

/** A line of /proc about a process in KiB; 0 once it is gone. */
function kib(pid: number | undefined, line: 'VmHWM' | 'VmRSS'): number {
  try {
    return Number(
      new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0,
    );
  } catch {
    return 0;
  }
}

describe('a file of kilobytes that unpacks to two gigabytes', () => {
  test.each(BOMBS.map(({ filters, pack }) => [filters, pack] as const))(
    '%s is refused, in words',
    async (filters, pack) => {
      const packed = pack(2 * GIB);
      expect(packed.length).toBeLessThan(1_100_000);
      expect(await guardUpload(pdfWithStream(filters, packed))).toMatchObject({
        ok: false,
        code: 'unreadable',
      });
    },
    90_000,
  );

  test('three at once are read by two processes at a time, each within its memory', async () => {
    const { filters, pack } = BOMBS[1] ?? { filters: '', pack: () => Buffer.alloc(0) };
    const bytes = pdfWithStream(filters, pack(2 * GIB));
    const pids: (number | undefined)[] = [];
    let [mostAtOnce, mostKib, peakKib] = [0, 0, 0];
    const watch = setInterval(() => {
      const now = pids.map((pid) => kib(pid, 'VmRSS')).filter((resident) => resident > 0);
      mostAtOnce = Math.max(mostAtOnce, now.length);
      mostKib = Math.max(
        mostKib,
        now.reduce((sum, each) => sum + each, 0),
      );
      peakKib = Math.max(peakKib, ...pids.map((pid) => kib(pid, 'VmHWM')));
    }, 5);
    const read = () => runBounded({ task: 'pdf', bytes }, (pid) => pids.push(pid));
    await Promise.all(Array.from({ length: 3 }, read));
    clearInterval(watch);
    expect(pids).toHaveLength(3);
    expect(mostAtOnce).toBeGreaterThan(0);
    expect(mostAtOnce).toBeLessThanOrEqual(2);
    expect(peakKib).toBeLessThan(MAX_RESIDENT_KIB);
    expect(mostKib).toBeLessThan(2 * MAX_RESIDENT_KIB);
  }, 180_000);
});

async function pdfWithFiles(count: number): Promise<Uint8Array> {
  const document = new PDFDocument();
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => document.once('end', resolve));
  for (let at = 1; at <= count; at += 1) document.file(Buffer.from(`本文${at}`), { name: `file-${at}.txt` });
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

const mailWith = (files: readonly Uint8Array[]): Uint8Array => {
  const parts = files.map((bytes, index) =>
    [
      '--x',
      `Content-Type: application/pdf; name="${index + 1}.pdf"`,
      `Content-Disposition: attachment; filename="${index + 1}.pdf"`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(bytes).toString('base64'),
    ].join('\r\n'),
  );
  const head = ['From: a@b.example', 'Subject: x', 'Content-Type: multipart/mixed; boundary=x', ''];
  return new TextEncoder().encode([...head, ...parts, '--x--', ''].join('\r\n'));
};

describe('files inside files are looked into up to a number and a time for all of them', () => {
  test('in a PDF: what comes after is left to a person, by name', async () => {
    const bytes = await pdfWithFiles(3);
    expect(await guardUpload(bytes)).toEqual({ ok: true, contentType: 'application/pdf' });
    const verdict = await guardUpload(bytes, createBudget(2));
    expect(verdict).toMatchObject({ ok: true, unread: [expect.stringContaining('file-3.txt')] });
    const late = await guardUpload(bytes, createBudget(100, 0));
    expect('unread' in late ? late.unread : []).toHaveLength(3);
  }, 60_000);

  test('in a mail: files in its attachments count with them', async () => {
    const inner = await pdfWithFiles(2);
    const checked = await checkMail('x.eml', mailWith([inner, inner]), createBudget(3));
    expect(checked).toMatchObject({
      files: [{ verdict: { ok: true, contentType: 'application/pdf' } }, { verdict: { code: 'tooMany' } }],
    });
  }, 60_000);

  test('a mail with more attachments than anybody sends ends at a hundred', async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
    const checked = await checkMail('x.eml', mailWith(Array.from({ length: 103 }, () => png)));
    if (typeof checked === 'string') throw new Error(checked);
    expect(checked.files.map(({ verdict }) => verdict.ok)).toEqual([
      ...Array.from({ length: 100 }, () => true),
      ...[false, false, false],
    ]);
  });
});
