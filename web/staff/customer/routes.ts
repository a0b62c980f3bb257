import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { correctCustomer, registeredCustomer } from '../../../db/queries/customer/correct.ts';
import {
  CORRECTION_REASONS,
  type CorrectionReason,
  customerProblems,
  normaliseCustomer,
} from '../../../domain/corporation/customer-entry.ts';
import { missingGlyphs } from '../../../templates/pdf/fonts.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';
import { sealUpload, takeFile, type Upload, unsealUpload } from '../desk/upload.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { type CustomerPage, customerPage } from './page.tsx';

const REASONS = Object.keys(CORRECTION_REASONS) as CorrectionReason[];

/** What is registered of a contract's customer, and its correction with evidence, which screens the customer again (第5条1項). */
export function customerRoutes(app: Routes, deps: WebDependencies): void {
  const { db, screening, config } = deps;
  const secret = config.SESSION_SECRET;
  const path = '/staff/contracts/:id/customer';

  const show = async (c: Context<WebEnv>, draft: CustomerPage['draft'], upload: Upload | null) => {
    const contractId = idParam(c, 'id');
    const registered = await registeredCustomer(db, contractId);
    if (registered === null) throw new Problem(404);
    const kept = upload === null ? null : { upload, sealed: sealUpload(secret, upload) };
    const page = { frame: frame(c, deps, 'contracts'), contractId, registered, draft, kept };
    return c.html(customerPage({ ...page, newId: randomUUID }), draft === null ? 200 : 422);
  };

  /** The file that came now, or the one that an earlier attempt has stored; what is wrong with it. */
  const takeEvidence = async (form: Form): Promise<{ files: Upload[]; errors: FieldError[] }> => {
    const file = form.file('evidence');
    const kept = unsealUpload(secret, form.text('kept'));
    if (file === null) {
      const errors = [{ field: 'evidence', message: '確認した書類を選択してください。' }];
      return kept === null ? { files: [], errors } : { files: [kept], errors: [] };
    }
    const taken = await takeFile(deps, file);
    return typeof taken === 'string'
      ? { files: [], errors: [{ field: 'evidence', message: taken }] }
      : { files: taken.kept, errors: [] };
  };

  app.get(path, { right: 'seeContact', shows: 'customer' }, (c) => {
    return show(c, null, null);
  });

  app.post(path, { right: 'changeContact', shows: 'customer', takes: 'files' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const contractId = idParam(c, 'id');
    const commandId = commandIdOf(form);
    const entry = normaliseCustomer({
      companyName: form.text('companyName'),
      companyKana: form.text('companyKana'),
      postalCode: form.text('postalCode'),
      address: form.text('address'),
      phone: form.text('phone'),
    });
    const reason = choiceOf(form.text('reason'), REASONS);
    const evidence = await takeEvidence(form);
    const errors = [
      ...customerProblems(entry, missingGlyphs),
      ...(reason === null ? [{ field: 'reason', message: '変更の理由を選択してください。' }] : []),
      ...evidence.errors,
    ];
    const again = (found: readonly FieldError[]) =>
      show(c, { values: form.texts(), errors: found }, evidence.files[0] ?? null);
    if (errors.length > 0 || reason === null) return again(errors);
    const enteredBy = c.get('signedIn').staff.id;
    const outcome = await correctCustomer(db, {
      ...{ commandId, contractId, entry, reason, enteredBy },
      evidence: evidence.files,
    });
    if ('refused' in outcome) {
      if (outcome.refused === 'unknown') throw new Problem(404);
      if (outcome.refused === 'unchanged') {
        return again([
          { field: 'companyName', message: '登録内容と同じです。変更する項目を入力してください。' },
        ]);
      }
      throw new Problem(409, { message: '契約が終了しているため、変更を登録できません。' });
    }
    // Also for a double submit: the one before may have been cut off between the two.
    for (const id of outcome.liveContractIds) {
      await screening.rescreenContract({ contractId: id, startedBy: enteredBy });
    }
    return c.redirect(`/staff/contracts/${contractId}/customer`, 303);
  });
}
