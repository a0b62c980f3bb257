import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { findTelephonyAccount } from '../../../db/queries/telephony/account.ts';
import { usageOfMonth } from '../../../db/queries/telephony/month.ts';
import { heldNumbers } from '../../../db/queries/telephony/numbers.ts';
import { findProvisioning, provisioningRecords } from '../../../db/queries/telephony/provisioning.ts';
import { eventHealth } from '../../../db/queries/telephony/read-events.ts';
import { jstDate, monthOf } from '../../../domain/calendar/civil-date.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { NUMBER_TYPES } from '../../../domain/telephony/provisioning.ts';
import { TWILIO_WEBHOOKS_PATH } from '../../../domain/watch/callback.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import { configuredUrl } from '../../public/twilio-signature.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { telephonyPage } from './page.tsx';

/** Registering the subaccount of a contract and reading its numbers (第11条2項, 第23条1項). */
export function telephonyRoutes(app: Routes, deps: WebDependencies): void {
  const { db, telephony } = deps;

  const render = async (c: Context<WebEnv>, contractId: string, draft: Draft | null) => {
    const detail = await readContractDetail(db, contractId);
    if (detail === null) throw new Problem(404);
    const [account, health, usage, provisioning, { wanted }, held, names] = await Promise.all([
      findTelephonyAccount(db, contractId),
      eventHealth(db, contractId),
      usageOfMonth(db, { contractId, month: monthOf(jstDate(deps.now().getTime())) }),
      findProvisioning(db, contractId),
      provisioningRecords(db, contractId),
      heldNumbers(db, contractId),
      staffNames(db),
    ]);
    const read = choiceOf(c.req.query('read'), ['revised', 'same'] as const);
    const page = {
      frame: frame(c, deps, 'contracts'),
      detail,
      account,
      isOn: telephony.isOn,
      names,
      health,
      usage,
      provisioning,
      wanted,
      held,
      webhooks: configuredUrl(deps.config.WEB_URL, TWILIO_WEBHOOKS_PATH),
    };
    return c.html(telephonyPage({ ...page, draft, read, newId: randomUUID }), draft === null ? 200 : 422);
  };

  /** The command of a form of the role's own; 409 for a contract that is over. */
  const command = async (c: Context<WebEnv>, form: Form) => {
    requireCsrf(c, form);
    const contractId = idParam(c, 'id');
    const link = { href: `/staff/contracts/${contractId}/telephony`, label: '電話サービスの登録を見る' };
    const detail = await readContractDetail(db, contractId);
    if (detail === null) throw new Problem(404);
    if (!isLive(detail.contract.status)) {
      throw new Problem(409, { message: '終了した契約の電話サービスは、終了後の手続きで処理します。', link });
    }
    return { contractId, link, staffId: c.get('signedIn').staff.id, commandId: commandIdOf(form) };
  };

  app.get('/staff/contracts/:id/telephony', { right: 'staff', shows: 'nothing' }, (c) =>
    render(c, idParam(c, 'id'), null),
  );

  app.post(
    '/staff/contracts/:id/telephony/register',
    { right: 'manageTelephony', shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      const { link, ...by } = await command(c, form);
      const subaccountSid = form.text('subaccountSid').trim();
      const answer = await answerWithin(telephony.register({ ...by, subaccountSid }), deps.limits.answerMs);
      if (!answer.ok && answer.code === 'invalid') {
        const errors = [{ field: 'subaccountSid', message: answer.message }];
        return render(c, by.contractId, { form: 'register', values: form.texts(), errors });
      }
      requireAccepted(answer, link);
      return c.redirect(link.href, 303);
    },
  );

  app.post(
    '/staff/contracts/:id/telephony/create',
    { right: 'manageTelephony', shows: 'nothing' },
    async (c) => {
      const { link, ...by } = await command(c, await readForm(c));
      requireAccepted(await answerWithin(telephony.create(by), deps.limits.answerMs), link);
      return c.redirect(link.href, 303);
    },
  );

  app.post(
    '/staff/contracts/:id/telephony/numbers-wanted',
    { right: 'manageTelephony', shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      const { link, ...by } = await command(c, form);
      const numberType = choiceOf(form.text('numberType'), NUMBER_TYPES);
      if (numberType === null) {
        const errors = [{ field: 'numberType', message: '番号の種類を選択してください。' }];
        return render(c, by.contractId, { form: 'numbers-wanted', values: form.texts(), errors });
      }
      const asked = telephony.askForNumbers({ ...by, numberType });
      requireAccepted(await answerWithin(asked, deps.limits.answerMs), link);
      return c.redirect(`${link.href}#provisioning`, 303);
    },
  );

  app.post(
    '/staff/contracts/:id/telephony/papers',
    { right: 'manageTelephony', shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      const { link, ...by } = await command(c, form);
      if (form.text('checked') !== 'yes') {
        const errors = [{ field: 'checked', message: '書類とプロフィールを確認してから提出してください。' }];
        return render(c, by.contractId, { form: 'papers', values: form.texts(), errors });
      }
      requireAccepted(await answerWithin(telephony.askForReview(by), deps.limits.answerMs), link);
      return c.redirect(`${link.href}#provisioning`, 303);
    },
  );

  app.post(
    '/staff/contracts/:id/telephony/look',
    { right: 'manageTelephony', shows: 'nothing' },
    async (c) => {
      const { link, ...by } = await command(c, await readForm(c));
      requireAccepted(await answerWithin(telephony.look(by), deps.limits.answerMs), link);
      return c.redirect(`${link.href}#provisioning`, 303);
    },
  );

  app.post(
    '/staff/contracts/:id/telephony/numbers',
    { right: 'manageTelephony', shows: 'nothing' },
    async (c) => {
      const { link, ...by } = await command(c, await readForm(c));
      const answer = await answerWithin(telephony.readNumbers(by), deps.limits.answerMs);
      requireAccepted(answer, link);
      return c.redirect(`${link.href}?read=${answer.ok && answer.revised ? 'revised' : 'same'}`, 303);
    },
  );
}
