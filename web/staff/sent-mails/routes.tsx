import type { Context } from 'hono';
import { simpleParser } from 'mailparser';
import { showContractNumber } from '../../../db/queries/read/contract-number.ts';
import { sentAgainProblem } from '../../../domain/desk/mail-again.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { MailArticle } from '../../components/mail-article.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { instantText } from '../../format.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { mailAgainRoutes } from './again-routes.ts';
import { type MailCase, mailPath, requireMail } from './mail.ts';

/** The mails of a case, letter by letter as they were sent: from the kept source, not composed again. */
export function sentMailRoutes(app: Routes, deps: WebDependencies): void {
  // Mails state the contract's number: for those who may see it, and noted as such a look (第12条2項).
  app.get(
    '/staff/contracts/:id/mails/:mailId',
    { right: 'seeContractNumber', shows: 'contractMail' },
    async (c) => {
      const page = await show(c, deps, 'contract');
      await showContractNumber(deps.db, idParam(c, 'id'), c.get('signedIn').staff.id);
      return page;
    },
  );
  app.get(
    '/staff/applications/:id/mails/:mailId',
    { right: 'seeApplications', shows: 'applicationMail' },
    (c) => show(c, deps, 'application'),
  );
  mailAgainRoutes(app, deps);
}

async function show(c: Context<WebEnv>, deps: WebDependencies, subjectType: MailCase): Promise<Response> {
  const row = await requireMail(c, deps, subjectType);
  const mail = await simpleParser(Buffer.from(await deps.documents.get(row.storageKey)));
  const ofContract = subjectType === 'contract';
  const mayAgain =
    hasRole(c.get('signedIn').staff, MAY.mendMail) &&
    sentAgainProblem({ ...row, kept: row.input !== null }) === null;
  return c.html(
    staffPage({
      ...frame(c, deps, ofContract ? 'contracts' : 'applications'),
      title: row.subjectLine,
      children: (
        <>
          <MailArticle
            mail={mail}
            back={{ href: subjectPath(row), label: ofContract ? '契約に戻る' : '申込に戻る' }}
            facts={[
              { label: '宛先', value: ofContract ? '（宛先は連絡先の画面で確認できます）' : row.recipient },
              { label: '差出人', value: mail.from?.text ?? '' },
              { label: '日時', value: instantText(row.businessAt) },
              { label: '配信', value: <StatusBadge kind="mail" value={row.status} /> },
            ]}
          />
          {mayAgain ? (
            <p>
              <a class="button button-secondary" href={`${mailPath(row)}/again`}>
                もう一度送る
              </a>
            </p>
          ) : null}
        </>
      ),
    }),
  );
}
