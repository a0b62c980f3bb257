import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { submitApplication } from '../../../db/queries/intake/submit-application.ts';
import { readCatalogueOnSale } from '../../../db/queries/read/catalogue.ts';
import { readTermsInForce } from '../../../db/queries/read/terms-edition.ts';
import { jstDate, parseInstant } from '../../../domain/civil-date.ts';
import { problemsForStaff, readApplication } from '../../application-form/values.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin } from '../../http/answer.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf, requireRole } from '../../http/session.ts';
import { choiceOf, frame, isId } from '../console.ts';
import { MAY } from '../rights.ts';
import { ENTRY_CHANNELS, entryPage } from './entry-page.tsx';
import { sealScan, storeScan, unsealScan } from './upload.ts';

/** Staff entry of applications that arrive by e-mail, FAX, post or otherwise (第4条2項). */
export function entryRoutes(app: Hono<WebEnv>, deps: WebDependencies): void {
  const { db, config } = deps;

  const basis = async () => {
    const today = jstDate(deps.now().getTime());
    const [catalogue, terms] = await Promise.all([
      readCatalogueOnSale(db, today),
      readTermsInForce(db, today),
    ]);
    if (catalogue === null || terms === null) {
      throw new Problem(503, {
        heading: '申込を入力できません',
        message: '料金プランまたは利用規約がまだ登録されていません。管理者に連絡してください。',
      });
    }
    return { catalogue, terms };
  };

  app.get('/staff/applications/new', async (c) => {
    requireRole(c, MAY.enterApplication);
    const empty = { submissionKey: randomUUID(), values: {}, errors: [], scan: null, sealedScan: '' };
    return c.html(entryPage({ frame: frame(c, deps, 'applications'), ...(await basis()), ...empty }));
  });

  app.post('/staff/applications/new', async (c) => {
    requireRole(c, MAY.enterApplication);
    const form = await readForm(c);
    requireCsrf(c, form);
    const submissionKey = form.text('submissionKey');
    if (!isId(submissionKey)) throw new Problem(400);
    const { catalogue, terms } = await basis();
    const input = readApplication(form, catalogue);
    const file = form.file('scanFile');
    const uploaded = file === null ? null : await storeScan(deps, file);
    const scan =
      typeof uploaded === 'string' || uploaded === null
        ? unsealScan(config.SESSION_SECRET, form.text('scan'))
        : uploaded;
    const channel = choiceOf(form.text('channel'), ENTRY_CHANNELS);
    const received = readReceivedAt(form, deps.now());
    const errors: FieldError[] = [
      ...(channel === null ? [{ field: 'channel', message: '受付方法を選択してください。' }] : []),
      ...received.errors,
      ...(typeof uploaded === 'string' ? [{ field: 'scanFile', message: uploaded }] : []),
      ...problemsForStaff(input, catalogue),
    ];
    if (errors.length > 0 || channel === null || received.at === null) {
      const sealedScan = scan === null ? '' : sealScan(config.SESSION_SECRET, scan);
      const again = { submissionKey, values: form.texts(), errors, scan, sealedScan };
      return c.html(entryPage({ frame: frame(c, deps, 'applications'), catalogue, terms, ...again }), 422);
    }
    const { staff } = c.get('signedIn');
    const receipt = await submitApplication(db, {
      submissionKey,
      channel,
      receivedAt: received.at,
      enteredBy: staff.id,
      sandbox: config.HASSO_MODE === 'development',
      catalogueVersion: catalogue.version,
      input,
      agreement: form.text('agree') === 'yes' ? { termsEditionId: terms.id, how: 'paper' } : null,
      document: scan,
    });
    const { applicationId, sandbox } = receipt;
    const command = {
      applicationId,
      sandbox,
      commandId: submissionKey,
      actor: { kind: 'staff' as const, id: staff.id },
    };
    try {
      await answerWithin(deps.applications.submit(command), deps.limits.answerMs);
    } catch (error) {
      // The row is kept and the review is started later: typing it in again would be worse.
      deps.logError(error, { errorId: applicationId, path: c.req.path });
    }
    return c.redirect(`/staff/applications/${applicationId}`, 303);
  });
}

/** Date and time of arrival as Japanese time; neither may lie in the future. */
function readReceivedAt(form: Form, now: Date): { at: Date | null; errors: FieldError[] } {
  const [day, time] = [form.text('receivedOn'), form.text('receivedTime')];
  const errors: FieldError[] = [];
  if (day === '') errors.push({ field: 'receivedOn', message: '届いた日を入力してください。' });
  if (time === '') errors.push({ field: 'receivedTime', message: '届いた時刻を入力してください。' });
  if (errors.length > 0) return { at: null, errors };
  try {
    const at = new Date(parseInstant(`${day}T${time}+09:00`));
    if (at <= now) return { at, errors: [] };
    return {
      at: null,
      errors: [{ field: 'receivedOn', message: '届いた日時に未来の日時は入力できません。' }],
    };
  } catch {
    return { at: null, errors: [{ field: 'receivedOn', message: '届いた日時の形式が正しくありません。' }] };
  }
}
