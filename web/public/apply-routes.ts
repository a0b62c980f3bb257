import type { Context } from 'hono';
import { openOffer } from '../../db/queries/discontinuation/offer.ts';
import { type NewApplication, submitApplication } from '../../db/queries/intake/submit-application.ts';
import { hasPostalPlaces } from '../../db/queries/postal/places.ts';
import { problemsForApplicant } from '../../domain/application/form.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import { fillIn, lookUpAsked } from '../application-form/asked.ts';
import { formBasis, readApplication, toFormValues } from '../application-form/values.ts';
import type { FieldError } from '../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../dependencies.ts';
import { dateText } from '../format.ts';
import { type Form, readForm } from '../http/form.ts';
import { Problem } from '../http/problem.ts';
import { createLimit } from '../http/rate-limit.ts';
import { issueFormToken, readFormToken } from '../http/signing.ts';
import type { Routes } from '../routes.ts';
import { type ApplyPage, applyPage, confirmPage, receiptPage, TRAP } from './apply-pages.tsx';
import { openReceipt, receiptPath } from './receipt.ts';

/** The public application form (第4条2項): form, check page, submit, receipt. */
export function applyRoutes(app: Routes, deps: WebDependencies): void {
  const { config, db, limits } = deps;
  const sandbox = config.HASSO_MODE === 'development';
  const countLookUp = createLimit(deps, 'apply/look-up');
  const countSubmit = createLimit(deps, 'apply/submit');

  const openForm = async (token: string): Promise<ApplyPage> => {
    const today = jstDate(deps.now().getTime());
    const offer = await openOffer(db, { today, sandbox });
    if (offer === null) {
      throw new Problem(503, {
        heading: '現在、お申し込みを受け付けていません',
        message: '料金プランまたは利用規約の準備中です。しばらくしてから、もう一度お試しください。',
      });
    }
    if (offer.closedOn !== null) {
      throw new Problem(410, {
        heading: '新規のお申し込みの受付を終了しました',
        message: `Hasso は${dateText(offer.closedOn)}をもって提供を終了するため、新しいお申し込みはお受けしていません。`,
      });
    }
    const { catalogue, terms, endingPlans } = offer;
    return { catalogue, terms, token, sandbox, endingPlans, postal: await hasPostalPlaces(db) };
  };

  /** The form as posted; throws for one that did not come from here, gives an old one a new token. */
  const readPosted = async (c: Context<WebEnv>) => {
    const form = await readForm(c);
    const token = readFormToken(config.SESSION_SECRET, form.text('formToken'), deps.now());
    if (token.state === 'forged') throw new Problem(403);
    const fresh =
      token.state === 'expired' ? issueFormToken(config.SESSION_SECRET, deps.now()) : form.text('formToken');
    const page = await openForm(fresh);
    const input = readApplication(form, page.catalogue);
    return { form, token, page, input };
  };

  const errorsOf = ({ form, page, input, token }: Awaited<ReturnType<typeof readPosted>>): FieldError[] => [
    ...problemsForApplicant(input, formBasis(page.catalogue)),
    ...agreementErrors(form, page),
    ...trapErrors(form),
    ...(token.state === 'expired'
      ? [
          {
            field: 'main',
            message: 'フォームを開いてから時間が経っています。もう一度確認して送信してください。',
          },
        ]
      : []),
  ];

  app.get('/', { right: 'anyone', shows: 'nothing' }, (c) => c.redirect('/apply', 302));

  app.get('/apply', { right: 'anyone', shows: 'nothing' }, async (c) => {
    const page = await openForm(issueFormToken(config.SESSION_SECRET, deps.now()));
    return c.html(applyPage({ ...page, values: {}, errors: [] }));
  });

  app.post('/apply/confirm', { right: 'anyone', shows: 'own' }, async (c) => {
    const posted = await readPosted(c);
    if (posted.form.text('action') !== '') await countLookUp(c);
    const found = await lookUpAsked(deps, posted.form);
    if (found !== null) {
      const values = fillIn(posted.form.texts(), found);
      return c.html(applyPage({ ...posted.page, values, errors: [], found }));
    }
    const errors = errorsOf(posted);
    if (errors.length > 0)
      return c.html(applyPage({ ...posted.page, values: posted.form.texts(), errors }), 422);
    return c.html(confirmPage({ ...posted.page, input: posted.input }));
  });

  app.post('/apply/edit', { right: 'anyone', shows: 'own' }, async (c) => {
    const { form, page, input } = await readPosted(c);
    const values = { ...toFormValues(input), agree: form.text('agree') };
    return c.html(applyPage({ ...page, values, errors: [], focus: form.text('edit') }));
  });

  app.post('/apply', { right: 'anyone', shows: 'own' }, async (c) => {
    const posted = await readPosted(c);
    await countSubmit(c);
    const { form, page, input, token } = posted;
    const errors = errorsOf(posted);
    if (token.ageMs < limits.minimumFormMs) {
      errors.push({
        field: 'main',
        message: '送信が早すぎたため受け付けませんでした。内容を確認して、もう一度送信してください。',
      });
    }
    if (errors.length > 0) return c.html(applyPage({ ...page, values: form.texts(), errors }), 422);
    const submitted: NewApplication = {
      submissionKey: token.key,
      channel: 'web',
      receivedAt: deps.now(),
      enteredBy: null,
      sandbox,
      catalogueVersion: page.catalogue.version,
      input,
      agreement: { termsEditionId: page.terms.id, how: 'form' },
      documents: [],
    };
    const receipt = await deps.applications.submit((tx) => submitApplication(tx, submitted));
    const { receiptNumber } = receipt;
    if (!receipt.same) {
      const another = issueFormToken(config.SESSION_SECRET, deps.now());
      const question = [{ field: 'main', message: sentBefore(receiptNumber) }];
      return c.html(applyPage({ ...page, token: another, values: form.texts(), errors: question }), 409);
    }
    return c.redirect(
      receiptPath(config, { receiptNumber, kind: 'application', sandbox: receipt.sandbox }),
      303,
    );
  });

  app.get('/apply/receipt/:sealed', { right: 'anyone', shows: 'own' }, (c) => {
    const receipt = openReceipt(config, c.req.param('sealed'));
    if (receipt === null) throw new Problem(404);
    return c.html(receiptPage(receipt));
  });
}

/** The field that nobody sees: a robot is refused, and whoever got there by another way reads why and keeps what they typed. */
function trapErrors(form: Form): FieldError[] {
  if (form.text(TRAP) === '') return [];
  const message = '入力しないための欄に文字がありました。欄を空にしましたので、もう一度送信してください。';
  return [{ field: 'main', message }];
}

/** The same form with other content: whoever sent it says whether it is a second application. */
function sentBefore(receiptNumber: string): string {
  return `このフォームからは、別の内容の申込をすでに受け付けています（受付番号 ${receiptNumber}）。今回の内容はまだ受け付けていません。もう1件の申込として送信する場合は、下の内容を確認して、もう一度送信してください。受け付けた申込を直したい場合は、受付番号を添えてお問い合わせください。`;
}

function agreementErrors(form: Form, { terms }: ApplyPage): FieldError[] {
  if (form.text('agree') !== 'yes') {
    return [{ field: 'agree', message: `利用規約 第${terms.number}版への同意が必要です。` }];
  }
  if (form.text('termsEdition') === terms.id) return [];
  const message = `利用規約が第${terms.number}版に改定されました。内容を確認し、もう一度同意してください。`;
  return [{ field: 'agree', message }];
}
