import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { simpleParser } from 'mailparser';
import { previewAgain } from '../../../activities/mail/preview.ts';
import { recordSentAgain } from '../../../db/queries/mail/send-again.ts';
import { showContractNumber } from '../../../db/queries/read/contract-number.ts';
import { sentAgainProblem } from '../../../domain/desk/mail-again.ts';
import type { TypedForm } from '../../components/field.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin } from '../../http/answer.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { againPage } from './again-page.tsx';
import { type MailCase, mailPath, requireMail } from './mail.ts';

/** A mail of a case that arrived, sent once more with a reason (第12条2項). */
export function mailAgainRoutes(app: Routes, deps: WebDependencies): void {
  const { db, config, delivery, documents, limits } = deps;

  /** The mail, and as it would leave now. Throws a 409 page where it cannot be sent once more. */
  const load = async (c: Context<WebEnv>, subjectType: MailCase) => {
    const row = await requireMail(c, deps, subjectType);
    const link = { href: mailPath(row), label: '送ったメールを見る' };
    const problem = sentAgainProblem({ ...row, kept: row.input !== null });
    if (problem !== null)
      throw new Problem(409, { heading: 'このメールは送り直せません', message: problem, link });
    const mail = await previewAgain(config, { db, storage: documents }, row);
    if (mail === null) {
      const message =
        '手続きが先に進んだため、このメールはもう作れません。前回の文面は、送ったメールの画面で読めます。';
      throw new Problem(409, { heading: 'このメールは送り直せません', message, link });
    }
    return { row, mail };
  };

  const show = async (
    c: Context<WebEnv>,
    { row, mail }: Awaited<ReturnType<typeof load>>,
    typed: TypedForm | null,
  ) => {
    const ofContract = row.subjectType === 'contract';
    if (ofContract) await showContractNumber(db, row.subjectId, c.get('signedIn').staff.id);
    const sent = await simpleParser(Buffer.from(await documents.get(row.storageKey)));
    const differs = sent.subject !== mail.subject || sent.text?.trim() !== mail.text.trim();
    const page = {
      frame: frame(c, deps, ofContract ? 'contracts' : 'applications'),
      row,
      mail,
      differs,
      typed,
    };
    return c.html(
      againPage({ ...page, path: mailPath(row), recipient: !ofContract, newId: randomUUID }),
      typed === null ? 200 : 422,
    );
  };

  const send = async (c: Context<WebEnv>, subjectType: MailCase) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const loaded = await load(c, subjectType);
    const reason = readReason(form, 'reason');
    if (typeof reason !== 'string') return show(c, loaded, { values: form.texts(), errors: [reason] });
    const { row: mail } = loaded;
    const [staffId, commandId] = [c.get('signedIn').staff.id, commandIdOf(form)];
    const sent = delivery.resend({ mailKey: mail.key, commandId, staffId }, (tx) =>
      recordSentAgain(tx, { mail, reason, staffId, commandId, at: deps.now() }),
    );
    await answerWithin(sent, limits.answerMs);
    return c.redirect(mailPath(mail), 303);
  };

  const contract = { right: 'mendMail', shows: 'contractMail' } as const;
  app.get('/staff/contracts/:id/mails/:mailId/again', contract, async (c) =>
    show(c, await load(c, 'contract'), null),
  );
  app.post('/staff/contracts/:id/mails/:mailId/again', contract, (c) => send(c, 'contract'));
  const application = { right: 'mendMail', shows: 'applicationMail' } as const;
  app.get('/staff/applications/:id/mails/:mailId/again', application, async (c) =>
    show(c, await load(c, 'application'), null),
  );
  app.post('/staff/applications/:id/mails/:mailId/again', application, (c) => send(c, 'application'));
}
