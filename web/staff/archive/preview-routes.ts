import { previewCertificate } from '../../../db/queries/certificate/preview.ts';
import { findContract } from '../../../db/queries/contract/find.ts';
import { certificateTexts, renderCertificate } from '../../../templates/certificate.ts';
import { missingGlyphs } from '../../../templates/pdf/fonts.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import type { Routes } from '../../routes.ts';
import { idParam } from '../console.ts';

/** The next certificate of a contract as it would be issued now, marked 見本; nothing is recorded but the look. */
export function previewRoutes(app: Routes, deps: WebDependencies): void {
  const { config, db } = deps;

  app.get(
    '/staff/contracts/:id/certificate-preview',
    { right: 'downloadCertificate', shows: 'certificate' },
    async (c) => {
      const facts = await findContract(db, idParam(c, 'id'));
      if (facts === null) throw new Problem(404);
      const payload = await previewCertificate(db, facts, {
        settings: {
          operator: {
            name: config.OPERATOR_NAME,
            address: config.OPERATOR_ADDRESS,
            ...(config.OPERATOR_SEAL_IMAGE === undefined
              ? {}
              : { sealImagePath: config.OPERATOR_SEAL_IMAGE }),
          },
          support: { channel: config.SUPPORT_CHANNEL, hours: config.SUPPORT_HOURS },
        },
        actor: c.get('signedIn').staff.id,
        now: deps.now(),
      });
      const missing = missingGlyphs(certificateTexts(payload));
      if (missing.length > 0) {
        const characters = missing.map(({ char, codePoint }) => `${char}（${codePoint}）`).join('、');
        throw new Problem(422, {
          heading: 'この内容では契約証書を発行できません',
          message: `印刷できない文字があります：${characters}`,
          link: { href: `/staff/contracts/${facts.contract.id}`, label: '契約に戻る' },
        });
      }
      return c.body(Uint8Array.from(await renderCertificate(payload)), 200, {
        'Content-Type': 'application/pdf',
        'Content-Disposition': 'inline; filename="preview.pdf"',
        'Cache-Control': 'no-store',
      });
    },
  );
}
