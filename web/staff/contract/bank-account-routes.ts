import type { Context } from 'hono';
import {
  findBankAccount,
  isOfAnotherCustomer,
  setBankAccount,
} from '../../../db/queries/bank-account/set.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { toHalfWidth } from '../../../domain/application/text.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import {
  ACCOUNT_WARNINGS,
  type AccountWarning,
  accountWarnings,
} from '../../../domain/billing/account-warnings.ts';
import { ACCOUNT_TYPES, type BankAccount, checkBankAccount } from '../../../domain/billing/zengin.ts';
import { looksLikeMail } from '../../../storage/mail/mime.ts';
import { MAIL_TYPE } from '../../../storage/upload/mail.ts';
import { uploadTypeOf } from '../../../storage/upload-guard.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { attachment } from '../../http/download.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';
import { NO_UPLOADS, sealUploads, takeFile, type Uploads, unsealUploads } from '../desk/upload.ts';
import { readReason } from '../desk/verdict.ts';
import { type ACCOUNT_LABELS, bankAccountPage } from './bank-account-page.tsx';

const PATH = '/staff/contracts/:id/bank-account';

/** Where refunds of a contract go to, entered by billing with the customer's own writing (第16条). */
export function bankAccountRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const detail = await readContractDetail(db, idParam(c, 'id'));
    if (detail === null) throw new Problem(404, { message: 'この契約は見つかりません。' });
    return detail;
  };

  const render = (
    c: Context<WebEnv>,
    { contract, customer }: Awaited<ReturnType<typeof load>>,
    shown: {
      values: Record<string, string>;
      errors: FieldError[];
      warnings: AccountWarning[];
      uploads: Uploads;
    },
  ) => {
    const page = bankAccountPage({
      frame: frame(c, deps, 'contracts'),
      contractId: contract.id,
      customerName: customer.name,
      ...shown,
      sealedUploads: sealUploads(deps.config.SESSION_SECRET, shown.uploads),
      kept: shown.uploads.kept.map(({ fileName }) => fileName),
    });
    return c.html(page, shown.errors.length > 0 ? 422 : 200);
  };

  app.get(PATH, { right: 'enterBankAccount', shows: 'bankAccount' }, async (c) => {
    const [detail, known] = await Promise.all([load(c), findBankAccount(db, idParam(c, 'id'))]);
    const {
      bankCode = '',
      branchCode = '',
      accountType = '',
      accountNumber = '',
      holderKana = '',
    } = known ?? {};
    const values = { bankCode, branchCode, accountType, accountNumber, holderKana };
    return render(c, detail, { values, errors: [], warnings: [], uploads: NO_UPLOADS });
  });

  app.post(PATH, { right: 'enterBankAccount', shows: 'bankAccount', takes: 'files' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const detail = await load(c);
    const contractId = detail.contract.id;
    const read = readAccount(form);
    const { uploads, error } = await evidenceOf(deps, form);
    const again = (errors: FieldError[], warnings: AccountWarning[] = []) =>
      render(c, detail, { values: form.texts(), errors, warnings, uploads });
    const file = uploads.kept[0];
    if ('errors' in read || file === undefined || error !== null) {
      return again([...('errors' in read ? read.errors : []), ...(error === null ? [] : [error])]);
    }
    const { account } = read;
    const warnings = accountWarnings({
      holderKana: account.holderKana,
      customerKana: detail.customer.kana,
      ofAnotherCustomer: await isOfAnotherCustomer(db, { contractId, account }),
    });
    const answer = warnings.length === 0 ? '' : readReason(form, 'reason');
    if (typeof answer !== 'string') {
      const unanswered = form.text('reason').trim() === '';
      const message = unanswered
        ? `警告に回答してください：${warnings.map((warning) => ACCOUNT_WARNINGS[warning]).join('')}`
        : answer.message;
      return again([{ field: 'reason', message }], warnings);
    }
    const enteredBy = c.get('signedIn').staff.id;
    const evidence = { storageKey: file.key, sha256: file.sha256 };
    const entered = { contractId, account, enteredBy, warnings, answer, evidence };
    await deps.delivery.enterAccount((tx) => setBankAccount(tx, entered));
    return c.redirect(`/staff/contracts/${contractId}`, 303);
  });

  app.get(`${PATH}/evidence`, { right: 'downloadRefunds', shows: 'bankAccount' }, async (c) => {
    const known = await findBankAccount(db, idParam(c, 'id'));
    if (known === null || known.storageKey === null) throw new Problem(404);
    const bytes = await deps.documents.get(known.storageKey);
    const contentType = looksLikeMail(bytes)
      ? MAIL_TYPE
      : (uploadTypeOf(bytes) ?? 'application/octet-stream');
    return attachment(c, bytes, { fileName: `振込先の届出_${known.id.slice(0, 8)}`, contentType });
  });
}

/** The customer's writing: of this form, or of an earlier attempt of it. */
async function evidenceOf(
  deps: WebDependencies,
  form: Form,
): Promise<{ uploads: Uploads; error: FieldError | null }> {
  const file = form.file('evidence');
  const taken = file === null ? null : await takeFile(deps, file);
  const uploads =
    taken === null || typeof taken === 'string'
      ? unsealUploads(deps.config.SESSION_SECRET, form.text('uploads'))
      : taken;
  const missing =
    uploads.kept.length === 0 ? '振込先が書かれたお客様の書面またはEメールを添付してください。' : null;
  const message = typeof taken === 'string' ? taken : missing;
  return { uploads, error: message === null ? null : { field: 'evidence', message } };
}

/** The account of a posted form; each error at its field. */
function readAccount(form: Form): { account: BankAccount } | { errors: FieldError[] } {
  const digits = (name: keyof typeof ACCOUNT_LABELS) => toHalfWidth(form.text(name)).replace(/[\s-]/g, '');
  const typed = {
    bankCode: digits('bankCode'),
    branchCode: digits('branchCode'),
    accountNumber: digits('accountNumber'),
    holderKana: form.text('holderKana').normalize('NFKC'),
  };
  const accountType = choiceOf(form.text('accountType'), ACCOUNT_TYPES);
  const valid = {
    bankCode: '0001',
    branchCode: '001',
    accountType: '1' as const,
    accountNumber: '1',
    holderKana: 'ア',
  };
  const errors: FieldError[] = [];
  for (const field of ['bankCode', 'branchCode', 'accountNumber', 'holderKana'] as const) {
    try {
      checkBankAccount({ ...valid, [field]: typed[field] });
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      errors.push({ field, message: error.message });
    }
  }
  if (accountType === null) errors.push({ field: 'accountType', message: '預金種目を選択してください。' });
  if (errors.length > 0 || accountType === null) return { errors };
  return { account: checkBankAccount({ ...typed, accountType }) };
}
