import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { openOffer } from '../../../db/queries/discontinuation/offer.ts';
import { type NewApplication, submitApplication } from '../../../db/queries/intake/submit-application.ts';
import { hasPostalPlaces } from '../../../db/queries/postal/places.ts';
import { problemsForStaff } from '../../../domain/application/form.ts';
import { trimText } from '../../../domain/application/text.ts';
import { jstDate, jstInstant } from '../../../domain/calendar/civil-date.ts';
import { readTimeOfDay } from '../../../domain/calendar/written-time.ts';
import { MAIL_TYPE } from '../../../storage/upload/mail.ts';
import { tiffPageCount } from '../../../storage/upload/tiff.ts';
import { fillIn, type LookedUp, lookUpAsked } from '../../application-form/asked.ts';
import { type FormValues, formBasis, readApplication } from '../../application-form/values.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { dateText, timeFieldText } from '../../format.ts';
import { readDay } from '../../http/dates.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, isId } from '../console.ts';
import {
  NO_UPLOADS,
  openMail,
  sealUpload,
  sealUploads,
  takeFile,
  type Uploads,
  unsealUpload,
  unsealUploads,
} from '../desk/upload.ts';
import { ENTRY_CHANNELS, type EntryPage, entryPage } from './entry-page.tsx';
import { scanAnswer } from './scan-answer.ts';

const ENTRY_PATH = '/staff/applications/new';

/** Staff entry of applications that arrive by e-mail, FAX, post or otherwise (第4条2項). */
export function entryRoutes(app: Routes, deps: WebDependencies): void {
  const { db, config } = deps;
  const secret = config.SESSION_SECRET;

  const basis = async () => {
    const today = jstDate(deps.now().getTime());
    const offer = await openOffer(db, { today, sandbox: config.HASSO_MODE === 'development' });
    if (offer === null) {
      throw new Problem(503, {
        heading: '申込を入力できません',
        message: '料金プランまたは利用規約がまだ登録されていません。管理者に連絡してください。',
      });
    }
    if (offer.closedOn !== null) {
      throw new Problem(409, {
        heading: '新しい申込は受け付けていません',
        message: `サービスは${dateText(offer.closedOn)}に廃止されるため、新しい申込は入力できません（第16条）。`,
      });
    }
    return offer;
  };

  const show = async (
    c: Context<WebEnv>,
    page: Omit<EntryPage, 'frame' | 'catalogue' | 'terms' | 'sealedUploads' | 'files' | 'lookUps'> & {
      uploads: Uploads;
      found?: LookedUp | null;
    },
    status: 200 | 409 | 422 = 200,
  ) => {
    const files = await Promise.all(
      page.uploads.kept.map(async (upload) => ({
        upload,
        href: `${ENTRY_PATH}/files/${sealUpload(secret, upload)}`,
        mail: upload.contentType === MAIL_TYPE ? await openMail(deps, upload) : null,
        tiffPages:
          upload.contentType === 'image/tiff' ? tiffPageCount(await deps.documents.get(upload.key)) : 0,
      })),
    );
    const sealedUploads = sealUploads(secret, page.uploads);
    const whole = {
      ...page,
      ...(await basis()),
      frame: frame(c, deps, 'applications'),
      files,
      sealedUploads,
      lookUps: { found: page.found ?? null, postal: await hasPostalPlaces(db) },
    };
    return c.html(entryPage(whole), status);
  };

  app.get(ENTRY_PATH, { right: 'enterApplication', shows: 'nothing', policy: 'frames' }, (c) => {
    const empty = { submissionKey: randomUUID(), values: {}, errors: [], uploads: NO_UPLOADS };
    return show(c, empty);
  });

  /** A stored file before the application exists, for whoever may enter one: shown in a frame, or to keep. */
  app.get(
    `${ENTRY_PATH}/files/:sealed`,
    { right: 'enterApplication', shows: 'own', policy: 'framed' },
    async (c) => {
      const upload = unsealUpload(secret, c.req.param('sealed'));
      if (upload === null) throw new Problem(404);
      return scanAnswer(c, await deps.documents.get(upload.key), upload);
    },
  );

  app.post(
    ENTRY_PATH,
    { right: 'enterApplication', shows: 'own', takes: 'files', policy: 'frames' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const submissionKey = form.text('submissionKey');
      if (!isId(submissionKey)) throw new Problem(400);
      const { catalogue, terms } = await basis();
      const { uploads, refusals, mailAt } = await takeUploads(form);
      const values = withMail(form.texts(), mailAt);
      const action = form.text('action');
      if (action !== '') {
        const found = await lookUpAsked(deps, form);
        const filled = found === null ? values : fillIn(values, found);
        const errors =
          action === 'attach' && form.file('scanFile') === null
            ? [{ field: 'scanFile', message: '読み込むファイルを選択してください。' }]
            : refusals;
        const page = { submissionKey, values: filled, errors, uploads: without(uploads, action), found };
        return show(c, page, errors.length > 0 ? 422 : 200);
      }
      const input = readApplication(form, catalogue);
      const channel = choiceOf(values.channel, ENTRY_CHANNELS);
      const received = readReceivedAt(values, deps.now());
      const errors: FieldError[] = [
        ...refusals,
        ...(channel === null ? [{ field: 'channel', message: '受付方法を選択してください。' }] : []),
        ...received.errors,
        ...problemsForStaff(input, formBasis(catalogue)),
      ];
      if (errors.length > 0 || channel === null || received.at === null) {
        return show(c, { submissionKey, values, errors, uploads }, 422);
      }
      const { staff } = c.get('signedIn');
      const entered: NewApplication = {
        submissionKey,
        channel,
        receivedAt: received.at,
        enteredBy: staff.id,
        sandbox: config.HASSO_MODE === 'development',
        catalogueVersion: catalogue.version,
        input,
        agreement: form.text('agree') === 'yes' ? { termsEditionId: terms.id, how: 'paper' } : null,
        documents: uploads.kept,
      };
      const { applicationId, receiptNumber, same } = await deps.applications.submit(async (tx) => ({
        ...(await submitApplication(tx, entered)),
        enteredBy: staff.id,
      }));
      if (!same) {
        const message = `この画面からは、別の内容の申込をすでに登録しています（受付番号 ${receiptNumber}）。今回の内容はまだ登録していません。別の申込として登録する場合は、内容を確認して、もう一度登録してください。`;
        const question = { values, errors: [{ field: 'main', message }], uploads };
        return show(c, { submissionKey: randomUUID(), ...question }, 409);
      }
      return c.redirect(`/staff/applications/${applicationId}`, 303);
    },
  );

  /** Files of earlier attempts and the one that came now; `mailAt` is when a mail that came now was received. */
  async function takeUploads(form: Form) {
    const earlier = unsealUploads(secret, form.text('uploads'));
    const file = form.file('scanFile');
    const taken = file === null ? NO_UPLOADS : await takeFile(deps, file);
    if (typeof taken === 'string') {
      return { uploads: earlier, refusals: [{ field: 'scanFile', message: taken }], mailAt: undefined };
    }
    const mail = taken.kept.find(({ contentType }) => contentType === MAIL_TYPE);
    const known = new Set(earlier.kept.map(({ key }) => key));
    return {
      uploads: {
        kept: [...earlier.kept, ...taken.kept.filter(({ key }) => !known.has(key))],
        refused: [...new Set([...earlier.refused, ...taken.refused])],
        unread: [...new Set([...earlier.unread, ...taken.unread])],
      },
      refusals: taken.refused.map((message) => ({ field: 'scanFile', message: `添付 ${message}` })),
      mailAt: mail === undefined ? undefined : ((await openMail(deps, mail)).arrival?.at ?? null),
    };
  }
}

/** A mail that came in says how and when the application arrived; both stay editable. */
function withMail(values: FormValues, mailAt: Date | null | undefined): FormValues {
  if (mailAt === undefined) return values;
  const channel = 'email';
  if (mailAt === null) return { ...values, channel };
  const receivedOn = jstDate(mailAt.getTime());
  return { ...values, channel, receivedOn, receivedTime: timeFieldText(mailAt) };
}

/** The files without the one that a button 「取り除く」 names. */
function without(uploads: Uploads, action: string): Uploads {
  return { ...uploads, kept: uploads.kept.filter(({ key }) => action !== `remove ${key}`) };
}

/** Date and time of arrival as Japanese time; neither may lie in the future. */
function readReceivedAt(values: FormValues, now: Date): { at: Date | null; errors: FieldError[] } {
  const { receivedOn: typedDay = '', receivedTime: typedTime = '' } = values;
  const [day, time] = [readDay(typedDay), readTimeOfDay(typedTime)];
  const errors: FieldError[] = [
    ...(day === null
      ? [{ field: 'receivedOn', message: wanted('届いた日', typedDay, '2026年11月29日、2026-11-29') }]
      : []),
    ...(time === null
      ? [{ field: 'receivedTime', message: wanted('届いた時刻', typedTime, '9時5分、09:05') }]
      : []),
  ];
  if (day === null || time === null) return { at: null, errors };
  const at = new Date(jstInstant(day) + time);
  if (at <= now) return { at, errors: [] };
  return { at: null, errors: [{ field: 'receivedOn', message: '届いた日時に未来の日時は入力できません。' }] };
}

function wanted(label: string, typed: string, example: string): string {
  return trimText(typed) === ''
    ? `${label}を入力してください。`
    : `${label}の形式が正しくありません（例：${example}）。`;
}
