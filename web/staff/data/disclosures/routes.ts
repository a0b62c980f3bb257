import { createHash, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { findContractByNumber } from '../../../../db/queries/contract/find-by-number.ts';
import { customerNameOf } from '../../../../db/queries/data-view/customer-name.ts';
import { createDisclosure } from '../../../../db/queries/disclosure/create.ts';
import { openDisclosureLetter } from '../../../../db/queries/disclosure/letter.ts';
import { findDisclosure, listDisclosures } from '../../../../db/queries/disclosure/read.ts';
import { type NewDisclosureStep, recordDisclosureStep } from '../../../../db/queries/disclosure/step.ts';
import { staffNames } from '../../../../db/queries/staff/names.ts';
import { keysOf } from '../../../../domain/base/keys.ts';
import { jstDate } from '../../../../domain/calendar/civil-date.ts';
import { LEGAL_BASES, needsLetter } from '../../../../domain/data/disclosure.ts';
import { containsMyNumber } from '../../../../domain/data/my-number.ts';
import { uploadTypeOf } from '../../../../storage/upload-guard.ts';
import type { FieldError } from '../../../components/errors.tsx';
import { addressOf } from '../../../components/paging.tsx';
import type { WebDependencies, WebEnv } from '../../../dependencies.ts';
import { attachment } from '../../../http/download.ts';
import { type Form, readForm } from '../../../http/form.ts';
import { hideText, shownText } from '../../../http/hidden-text.ts';
import { Problem } from '../../../http/problem.ts';
import { requireCsrf, requireRole } from '../../../http/session.ts';
import type { Routes } from '../../../routes.ts';
import { frame, idParam, isId } from '../../console.ts';
import { plainFileName, takeFile } from '../../desk/upload.ts';
import { commandIdOf } from '../../desk/verdict.ts';
import { hasRole, MAY } from '../../rights.ts';
import { FieldReader } from '../read-fields.ts';
import { disclosureFormPage } from './form-page.tsx';
import { disclosureListPage } from './list-page.tsx';
import { disclosurePage, FILE_FIELDS } from './record-page.tsx';
import { DISCLOSURES_PATH } from './words.ts';

const LISTED = 200;
const DIGEST_LINE = /^(.+?)[\s,、]+([0-9a-fA-F]{64})$/u;

/** The log of disclosures to authorities (第4条3項, 第22条1項). */
export function disclosureRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const contractFor = async (id: string) => {
    if (!isId(id)) return null;
    const companyName = await customerNameOf(db, id);
    return companyName === null ? null : { id, companyName };
  };

  app.get(DISCLOSURES_PATH, { right: 'seeDisclosures', shows: 'nothing' }, async (c) => {
    const hidden = shownText(deps.config.SESSION_SECRET, c.req.query('s') ?? '');
    const searched = (hidden ?? '').trim().slice(0, 100);
    const found = searched === '' ? null : await findContractByNumber(db, searched);
    const contract = await contractFor(found?.id ?? c.req.query('contract') ?? '');
    const nothing = searched !== '' && contract === null;
    const rows = nothing
      ? []
      : await listDisclosures(db, { contractId: contract?.id ?? null, limit: LISTED });
    const names = await staffNames(db);
    const mayRecord = hasRole(c.get('signedIn').staff, MAY.recordDisclosure);
    const page = { frame: frame(c, deps, 'data'), rows, contract, searched, mayRecord, names };
    return c.html(disclosureListPage(page));
  });

  app.post(
    `${DISCLOSURES_PATH}/search`,
    { right: 'seeDisclosures', shows: 'nothing', reads: true },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const s = hideText(deps.config.SESSION_SECRET, form.text('number'));
      return c.redirect(addressOf(DISCLOSURES_PATH, { s }), 303);
    },
  );

  const showForm = async (
    c: Context<WebEnv>,
    draft: { values: Record<string, string>; errors: FieldError[] } | null,
  ) => {
    const contract = await contractFor(c.req.query('contract') ?? '');
    if (contract === null) throw new Problem(404);
    const page = disclosureFormPage({
      frame: frame(c, deps, 'data'),
      contract,
      commandId: draft?.values.commandId ?? randomUUID(),
      values: draft?.values ?? { receivedOn: jstDate(deps.now().getTime()) },
      errors: draft?.errors ?? [],
    });
    return c.html(page, draft === null ? 200 : 422);
  };

  app.get(`${DISCLOSURES_PATH}/new`, { right: 'recordDisclosure', shows: 'nothing' }, (c) => {
    return showForm(c, null);
  });

  app.post(
    `${DISCLOSURES_PATH}/new`,
    { right: 'recordDisclosure', shows: 'nothing', takes: 'files' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const contract = await contractFor(c.req.query('contract') ?? '');
      if (contract === null) throw new Problem(404);
      const read = new FieldReader(form);
      const authority = read.text('authority', '求めた機関を入力してください。');
      const officer = read.text('officer', '担当官の氏名・部署を入力してください。');
      const receivedOn = read.day('receivedOn', '受領日', notAfter(deps));
      const bases = keysOf(LEGAL_BASES);
      const legalBasis = read.choice('legalBasis', bases, '法的根拠を選択してください。');
      const basisText = read.text('basisText', '根拠の詳細を入力してください。');
      const scope = read.text('scope', '求められたデータの範囲を入力してください。');
      const upload = form.file('letter');
      if (upload === null && legalBasis !== null && needsLetter(legalBasis)) {
        read.problem('letter', '照会書・令状などの文書のファイルを選択してください。');
      }
      const taken = upload === null || read.errors.length > 0 ? null : await takeFile(deps, upload);
      if (typeof taken === 'string') read.problem('letter', taken);
      if (read.errors.length > 0 || receivedOn === null || legalBasis === null) {
        return showForm(c, { values: form.texts(), errors: read.errors });
      }
      const id = await createDisclosure(db, {
        commandId: commandIdOf(form),
        contractId: contract.id,
        receivedOn,
        authority,
        officer,
        legalBasis,
        basisText,
        scope,
        requestedBy: c.get('signedIn').staff.id,
        letter: taken === null || typeof taken === 'string' ? null : (taken.kept[0] ?? null),
      });
      return c.redirect(`${DISCLOSURES_PATH}/${id}`, 303);
    },
  );

  const showRecord = async (
    c: Context<WebEnv>,
    draft: { values: Record<string, string>; errors: FieldError[] } | null,
  ) => {
    const [detail, names] = await Promise.all([findDisclosure(db, idParam(c, 'id')), staffNames(db)]);
    if (detail === null) throw new Problem(404);
    const page = disclosurePage({
      frame: frame(c, deps, 'data'),
      detail,
      names,
      commandId: draft?.values.commandId ?? randomUUID(),
      values: draft?.values ?? { happenedOn: jstDate(deps.now().getTime()) },
      errors: draft?.errors ?? [],
    });
    return c.html(page, draft === null ? 200 : 422);
  };

  app.get(`${DISCLOSURES_PATH}/:id`, { right: 'seeDisclosures', shows: 'disclosure' }, (c) => {
    return showRecord(c, null);
  });

  app.get(`${DISCLOSURES_PATH}/:id/letter`, { right: 'seeDisclosures', shows: 'disclosure' }, async (c) => {
    const actor = c.get('signedIn').staff.id;
    const letter = await openDisclosureLetter(db, { disclosureId: idParam(c, 'id'), actor });
    if (letter === null) throw new Problem(404);
    const bytes = await deps.documents.get(letter.storageKey);
    const contentType = uploadTypeOf(bytes) ?? 'application/octet-stream';
    return attachment(c, bytes, { fileName: letter.fileName, contentType });
  });

  type Step = Pick<NewDisclosureStep, 'outcome' | 'happenedOn' | 'recipient' | 'note' | 'files'>;

  /** Carries out one step of the form, or shows the form again. */
  const takeStep = async (c: Context<WebEnv>, form: Form, step: Step | FieldError[]) => {
    if (Array.isArray(step)) return showRecord(c, { values: form.texts(), errors: step });
    const disclosureId = idParam(c, 'id');
    const staffId = c.get('signedIn').staff.id;
    const refusal = await recordDisclosureStep(db, {
      ...step,
      disclosureId,
      staffId,
      commandId: commandIdOf(form),
    });
    const link = { href: `${DISCLOSURES_PATH}/${disclosureId}`, label: '開示の最新の内容を見る' };
    if (refusal !== null) throw new Problem(409, { message: refusal, link });
    return c.redirect(link.href, 303);
  };

  app.post(
    `${DISCLOSURES_PATH}/:id/decision`,
    { right: 'approveDisclosure', shows: 'disclosure' },
    async (c) => {
      const form = await readForm(c);
      requireRole(c, MAY.approveDisclosure);
      requireCsrf(c, form);
      const read = new FieldReader(form);
      const outcome = read.choice('outcome', ['approved', 'refused'], '判断を選択してください。');
      const note = read.text('note', '理由を入力してください。');
      if (read.errors.length > 0 || outcome === null) return takeStep(c, form, read.errors);
      const happenedOn = jstDate(deps.now().getTime());
      return takeStep(c, form, { outcome, happenedOn, recipient: '', note, files: [] });
    },
  );

  app.post(
    `${DISCLOSURES_PATH}/:id/handover`,
    { right: 'recordDisclosure', shows: 'disclosure', takes: 'files' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const read = new FieldReader(form);
      const happenedOn = read.day('happenedOn', '引渡した日', notAfter(deps));
      const recipient = read.text('recipient', '受け取った人を入力してください。');
      const note = read.text('note', null);
      const files = [...(await hashedFiles(form)), ...typedDigests(form, read)];
      if (files.length === 0) read.problem('file1', '渡したファイルを選択してください。');
      if (read.errors.length > 0 || happenedOn === null) return takeStep(c, form, read.errors);
      return takeStep(c, form, { outcome: 'handedOver', happenedOn, recipient, note, files });
    },
  );

  app.post(
    `${DISCLOSURES_PATH}/:id/customer`,
    { right: 'recordDisclosure', shows: 'disclosure' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const read = new FieldReader(form);
      const outcome = read.choice('outcome', ['told', 'notTold'], 'お客様への連絡を選択してください。');
      const happenedOn = read.day('happenedOn', '日付', notAfter(deps));
      const note = read.text('note', '伝えた方法、または伝えない理由を入力してください。');
      if (read.errors.length > 0 || outcome === null || happenedOn === null)
        return takeStep(c, form, read.errors);
      return takeStep(c, form, { outcome, happenedOn, recipient: '', note, files: [] });
    },
  );
}

const notAfter = (deps: WebDependencies) => ({
  day: jstDate(deps.now().getTime()),
  message: '未来の日付は入力できません。',
});

/** Name, size and digest of the files that were handed over; their contents are not kept a second time. */
async function hashedFiles(form: Form): Promise<NewDisclosureStep['files']> {
  const found: NewDisclosureStep['files'] = [];
  for (const name of FILE_FIELDS) {
    const file = form.file(name);
    if (file === null) continue;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    found.push({ fileName: plainFileName(file.name), sha256, bytes: bytes.byteLength });
  }
  return found;
}

/** Files too large for the form, by name and digest as staff computed it; their size is not known here. */
function typedDigests(form: Form, read: FieldReader): NewDisclosureStep['files'] {
  const lines = form
    .text('digests')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.flatMap((line) => {
    const [, fileName, digest] = DIGEST_LINE.exec(line) ?? [];
    // Of a digest nothing is asked: its digits may look like a My Number by chance.
    if (fileName === undefined || digest === undefined || containsMyNumber(fileName)) {
      read.problem('digests', '「ファイル名 64桁のSHA-256」の形で、1行に1つ入力してください。');
      return [];
    }
    return [{ fileName, sha256: digest.toLowerCase(), bytes: 0 }];
  });
}
