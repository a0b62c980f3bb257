import { createHash } from 'node:crypto';
import { findByContents, findByVerification } from '../../db/queries/certificate/verify.ts';
import type { WebDependencies } from '../dependencies.ts';
import { readForm } from '../http/form.ts';
import { Problem } from '../http/problem.ts';
import { clientAddress, createLimiter } from '../http/rate-limit.ts';
import { sha256 } from '../http/signing.ts';
import type { Routes } from '../routes.ts';
import { MAX_VERIFIED_MB, verificationPage, verifyFilePage } from './verify-pages.tsx';

/** More than any document that was issued. */
const ISSUED_FILE = {
  bytes: (MAX_VERIFIED_MB * 1024 + 64) * 1024,
  message: `確認できるPDFファイルは${MAX_VERIFIED_MB}MBまでです。これより大きいファイルは、当社が発行した書類ではありません。`,
  link: { href: '/verify', label: '別のファイルを確認する' },
};

/**
 * The public pages that tell whether a certificate is valid, or another document ours: by the address printed on it, or by its file. Both say
 * nothing confidential (第12条2項): no name, no contract, the number masked.
 */
export function verifyRoutes(app: Routes, deps: WebDependencies): void {
  const { db, limits } = deps;
  const countUpload = createLimiter(limits.submitsPerClient, limits.windowMs);

  app.use('/verify/*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    c.header('X-Robots-Tag', 'noindex');
    await next();
  });

  app.get('/verify', { right: 'anyone', shows: 'nothing' }, (c) =>
    c.html(verifyFilePage({ state: 'asking' })),
  );

  /** The file is compared and thrown away, never stored. */
  app.post('/verify', { right: 'anyone', shows: 'nothing', takes: ISSUED_FILE }, async (c) => {
    await countUpload(clientAddress(c));
    const file = (await readForm(c)).file('certificate');
    if (file === null) return c.html(verifyFilePage({ state: 'empty' }), 422);
    const contents = new Uint8Array(await file.arrayBuffer());
    const document = await findByContents(db, createHash('sha256').update(contents).digest('hex'));
    return c.html(verifyFilePage(document === null ? { state: 'unknown' } : { state: 'ours', document }));
  });

  app.get('/verify/:token', { right: 'anyone', shows: 'nothing' }, async (c) => {
    const document = await findByVerification(db, sha256(c.req.param('token')));
    if (document === null) {
      throw new Problem(404, {
        heading: '書類を確認できません',
        message:
          'この確認用アドレスに該当する書類はありません。書類に印刷されたアドレスをもう一度お確かめください。',
        link: { href: '/verify', label: 'PDFファイルで確認する' },
      });
    }
    return c.html(verificationPage(document));
  });
}
