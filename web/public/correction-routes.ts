import { findEditionToAgree } from '../../db/queries/application/agreed-edition.ts';
import { readAsked } from '../../db/queries/application/field-marks.ts';
import { correctApplication } from '../../db/queries/intake/correct-application.ts';
import { readCatalogue } from '../../db/queries/read/catalogue.ts';
import {
  type ApplicationRow,
  findByCorrectionToken,
  readCorrectionReasons,
} from '../../db/queries/read/correction.ts';
import type { ApplicationInput } from '../../domain/application/application-input.ts';
import { leftAsTheyWere } from '../../domain/application/field-marks.ts';
import { problemsForApplicant } from '../../domain/application/form.ts';
import type { Answer } from '../../domain/base/answers.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { formBasis, inputOf, readApplication, toFormValues } from '../application-form/values.ts';
import type { FieldError } from '../components/errors.tsx';
import type { WebDependencies } from '../dependencies.ts';
import { answerWithin, refusalStatus } from '../http/answer.ts';
import { type Form, readForm } from '../http/form.ts';
import { Problem } from '../http/problem.ts';
import { contentMark, issueFormToken, readFormToken, sha256 } from '../http/signing.ts';
import type { Routes } from '../routes.ts';
import { correctionPage } from './correction-pages.tsx';
import { receiptPath } from './receipt.ts';

/** Correction and withdrawal by the link in the mail (第4条4項①). */
export function correctionRoutes(app: Routes, deps: WebDependencies): void {
  const { config, db, limits } = deps;

  const render = async (
    application: ApplicationRow & { correctionDueOn: string },
    linkToken: string,
    sent: { form: Form; errors: readonly FieldError[]; unchanged?: boolean } | null,
  ) => {
    const catalogue = await readCatalogue(db, application.catalogueVersion);
    const input = inputOf(application);
    const [{ findings, asked, words }, missingTerms] = await Promise.all([
      readCorrectionReasons(db, application),
      findEditionToAgree(db, application.id, jstDate(deps.now().getTime())),
    ]);
    const open = [
      ...asked.map(({ field, note }) => ({ field, message: note })),
      ...problemsForApplicant(input, formBasis(catalogue)),
      ...findings.map(({ field, summary }) => ({
        field: field === 'agreement' ? 'agree' : field,
        message: summary,
      })),
    ];
    return correctionPage({
      receiptNumber: application.receiptNumber,
      dueOn: application.correctionDueOn,
      sandbox: application.sandbox,
      catalogue,
      path: `/apply/correction/${linkToken}`,
      token: issueFormToken(config.SESSION_SECRET, deps.now()),
      values: sent === null ? toFormValues(input) : sent.form.texts(),
      errors: sent === null ? firstOfEach(open) : sent.errors,
      words,
      missingTerms,
      rejected: sent !== null,
      unchanged: sent?.unchanged ?? false,
    });
  };

  app.get('/apply/correction/:token', { right: 'anyone', shows: 'own' }, async (c) => {
    const linkToken = c.req.param('token');
    const application = await waiting(deps, linkToken);
    c.header('Cache-Control', 'no-store');
    return c.html(await render(application, linkToken, null));
  });

  app.post('/apply/correction/:token', { right: 'anyone', shows: 'own' }, async (c) => {
    const linkToken = c.req.param('token');
    const application = await waiting(deps, linkToken);
    const form = await readForm(c);
    const formKey = commandOf(deps, form);
    const catalogue = await readCatalogue(db, application.catalogueVersion);
    const input = readApplication(form, catalogue);
    const missingTerms = await findEditionToAgree(db, application.id, jstDate(deps.now().getTime()));
    const errors: FieldError[] = problemsForApplicant(input, formBasis(catalogue));
    if (missingTerms !== null && form.text('agree') !== 'yes') {
      errors.push({ field: 'agree', message: `利用規約 第${missingTerms.number}版への同意が必要です。` });
    }
    if (errors.length > 0) return c.html(await render(application, linkToken, { form, errors }), 422);
    const left = form.text('unchanged') === 'yes' ? [] : await leftOpen(deps, application, input);
    if (left.length > 0) {
      return c.html(await render(application, linkToken, { form, errors: left, unchanged: true }), 422);
    }
    const { id: applicationId, round, receiptNumber, sandbox } = application;
    const termsEditionId = missingTerms?.id ?? null;
    // Sent again with other content, while nobody took the first, it is another correction, and the last one stands.
    const commandId = `${formKey}/${contentMark(config.SESSION_SECRET, input)}`;
    const correction = { applicationId, round, input, termsEditionId, commandId, now: deps.now() };
    const command = { commandId, round, actor: { kind: 'applicant' as const } };
    const sent = deps.applications.resubmit(applicationId, command, async (tx) => {
      if (!(await correctApplication(tx, correction))) throw new Problem(409);
    });
    requireTaken(await answerWithin(sent, limits.answerMs));
    return c.redirect(receiptPath(config, { receiptNumber, kind: 'correction', sandbox }), 303);
  });

  app.post('/apply/correction/:token/withdraw', { right: 'anyone', shows: 'own' }, async (c) => {
    const linkToken = c.req.param('token');
    const { id, receiptNumber, sandbox } = await waiting(deps, linkToken);
    const form = await readForm(c);
    // An id of its own: sent from the same page, a correction and a withdrawal are two commands.
    const commandId = `withdraw/${commandOf(deps, form)}`;
    if (form.text('confirm') !== 'yes') {
      throw new Problem(422, {
        message: '取り下げるには、確認の欄にチェックを入れてください。申込は取り下げられていません。',
        link: { href: `/apply/correction/${linkToken}`, label: '修正画面に戻る' },
      });
    }
    const command = { commandId, actor: { kind: 'applicant' as const } };
    requireTaken(await answerWithin(deps.applications.withdraw(id, command), limits.answerMs));
    return c.redirect(receiptPath(config, { receiptNumber, kind: 'withdrawal', sandbox }), 303);
  });
}

/** The application behind a link that still waits for its correction. Throws a page that says why there is none. */
async function waiting(
  deps: WebDependencies,
  linkToken: string,
): Promise<ApplicationRow & { correctionDueOn: string }> {
  const application = await findByCorrectionToken(deps.db, sha256(linkToken));
  if (application === null) {
    throw new Problem(404, {
      heading: 'このリンクは使えません',
      message:
        'リンクに誤りがあるか、修正がすでに送信されたか、期限が過ぎています。最新のメールのリンクをご確認ください。',
    });
  }
  const { status, correctionDueOn } = application;
  const today = jstDate(deps.now().getTime());
  // A sandbox application may run on a test clock far ahead of real time: its workflow alone decides when it lapses.
  const late = correctionDueOn === null || (!application.sandbox && correctionDueOn < today);
  if (status !== 'correction' || late) throw new Problem(410);
  return { ...application, correctionDueOn };
}

/** The fields that were asked about and are sent as they were, each with what was asked (第4条4項①). */
async function leftOpen(
  { db }: WebDependencies,
  application: ApplicationRow,
  input: ApplicationInput,
): Promise<FieldError[]> {
  const asked = await readAsked(db, application);
  const fields = asked.map(({ field }) => field);
  const left = leftAsTheyWere(fields, inputOf(application), input);
  return asked
    .filter(({ field }) => left.includes(field))
    .map(({ field, note }) => ({
      field,
      message: `修正をお願いしていますが、内容が変わっていません：${note}`,
    }));
}

/** The command id of a form that came from here. */
function commandOf(deps: WebDependencies, form: Form): string {
  const token = readFormToken(deps.config.SESSION_SECRET, form.text('formToken'), deps.now());
  if (token.state === 'forged') throw new Problem(403);
  return token.key;
}

function requireTaken(answer: Answer): void {
  if (!answer.ok) throw new Problem(refusalStatus(answer), { message: answer.message });
}

function firstOfEach(errors: readonly FieldError[]): FieldError[] {
  return errors.filter(({ field }, index) => errors.findIndex((other) => other.field === field) === index);
}
