import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { Transaction } from '../../../db/client.ts';
import { findCommand } from '../../../db/queries/command/record.ts';
import { payerNamesOf } from '../../../db/queries/payment/read.ts';
import {
  type By,
  confirmPayoutFile,
  discardPayoutFile,
  endPayout,
  makePayoutFile,
  takePayoutFile,
} from '../../../db/queries/payout/file.ts';
import {
  findPayoutFile,
  listPayoutFiles,
  type PayoutFileRow,
  payoutsOfFile,
  type ShownPayout,
  waitingPayouts,
} from '../../../db/queries/payout/read.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import type { Answer } from '../../../domain/base/answers.ts';
import { addBankDays, isBankDay } from '../../../domain/billing/bank-days.ts';
import type { Payer } from '../../../domain/billing/zengin.ts';
import { compareDates, jstDate } from '../../../domain/calendar/civil-date.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { requireAccepted } from '../../http/answer.ts';
import { readDay } from '../../http/dates.ts';
import { attachment } from '../../http/download.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { payerOf } from '../discontinuations/payer.ts';
import { hasRole, MAY } from '../rights.ts';
import { offersSandbox, sandboxAsked } from '../sandbox.ts';
import { payoutFilePage } from './file-page.tsx';
import { payoutsPage } from './list-page.tsx';
import { failedName, PAYOUT_FILES_PATH, PAYOUTS_PATH, payoutsHref } from './words.ts';

const NO_PAYER =
  '振込元の口座が設定されていません（設定 REFUND_PAYER）。管理者に連絡してください。個別の処理はできます。';

/** Paying credits back (前受金の返金, 総合振込): what waits, files for the bank, their confirmation. */
export function payoutRoutes(app: Routes, deps: WebDependencies): void {
  listRoutes(app, deps);
  fileRoutes(app, deps);
}

/** Does something that takes effect in rows alone, once for the command of its form. */
async function carryOut(
  c: Context<WebEnv>,
  deps: WebDependencies,
  form: Form,
  effect: (tx: Transaction, by: By) => Promise<Answer>,
): Promise<Answer> {
  const commandId = commandIdOf(form);
  if ((await findCommand(deps.db, commandId)) !== null) return { ok: true };
  const now = deps.now();
  const staffId = c.get('signedIn').staff.id;
  const by = { staffId, commandId, now, today: jstDate(now.getTime()) };
  return deps.outbox.here(
    { commandId, actor: { kind: 'staff', id: staffId } },
    async () => undefined,
    (tx) => effect(tx, by),
  );
}

const namesOf = (deps: WebDependencies, rows: readonly ShownPayout[]) =>
  payerNamesOf(
    deps.db,
    rows.map(({ payout }) => payout.payer),
  );

function required(deps: WebDependencies, link: { href: string; label: string }): Payer {
  const payer = payerOf(deps.config);
  if (payer === null) throw new Problem(422, { message: NO_PAYER, link });
  return payer;
}

function listRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const show = async (c: Context<WebEnv>, sandbox: boolean, draft: Draft | null) => {
    const [waiting, files] = await Promise.all([waitingPayouts(db, sandbox), listPayoutFiles(db, sandbox)]);
    const page = payoutsPage({
      ...{ frame: frame(c, deps, 'payouts'), waiting, files, sandbox, draft, newId: randomUUID },
      names: await namesOf(deps, waiting),
      sandboxOffered: offersSandbox(deps),
      transferOn: addBankDays(jstDate(deps.now().getTime()), 2),
      mayPay: hasRole(c.get('signedIn').staff, MAY.payOut),
    });
    return c.html(page, draft === null ? 200 : 422);
  };
  const sideOf = (form: Form) => offersSandbox(deps) && form.text('sandbox') === 'yes';
  const linkTo = (sandbox: boolean) => ({ href: payoutsHref(sandbox), label: '返金の振込に戻る' });

  app.get(PAYOUTS_PATH, { right: 'seePayments', shows: 'payoutFile' }, (c) =>
    show(c, sandboxAsked(c, deps), null),
  );

  app.post(PAYOUT_FILES_PATH, { right: 'payOut', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const sandbox = sideOf(form);
    const transferOn = readDay(form.text('transferOn'));
    const today = jstDate(deps.now().getTime());
    if (transferOn === null || compareDates(transferOn, today) <= 0 || !isBankDay(transferOn)) {
      const message = '振込指定日を、明日からの銀行の営業日で入力してください。';
      const errors = [{ field: 'file-transferOn', message }];
      return show(c, sandbox, { form: 'file', values: form.texts(), errors });
    }
    const payer = required(deps, linkTo(sandbox));
    const answer = await carryOut(c, deps, form, (tx, by) =>
      makePayoutFile(tx, { ...by, payer, transferOn, sandbox }),
    );
    requireAccepted(answer, linkTo(sandbox));
    return c.redirect(`${PAYOUT_FILES_PATH}/${commandIdOf(form)}`, 303);
  });

  app.post(`${PAYOUTS_PATH}/:id/end`, { right: 'payOut', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const payoutId = idParam(c, 'id');
    const as = choiceOf(form.text('as'), ['paid', 'withdrawn'] as const);
    if (as === null) throw new Problem(400);
    const answer = await carryOut(c, deps, form, (tx, by) => endPayout(tx, { ...by, payoutId, as }));
    requireAccepted(answer, linkTo(sideOf(form)));
    return c.redirect(payoutsHref(sideOf(form)), 303);
  });
}

function fileRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  const path = `${PAYOUT_FILES_PATH}/:id`;

  const load = async (c: Context<WebEnv>): Promise<PayoutFileRow> => {
    const file = await findPayoutFile(db, idParam(c, 'id'));
    if (file === null) throw new Problem(404, { message: 'この振込データは見つかりません。' });
    return file;
  };
  const linkTo = ({ id }: PayoutFileRow) => ({
    href: `${PAYOUT_FILES_PATH}/${id}`,
    label: '振込データの最新の内容を見る',
  });

  const show = async (c: Context<WebEnv>, draft: Draft | null) => {
    const file = await load(c);
    const [rows, staff] = await Promise.all([payoutsOfFile(db, file.id), staffNames(db)]);
    const page = payoutFilePage({
      ...{ frame: frame(c, deps, 'payouts'), file, rows, staff, draft, newId: randomUUID },
      names: await namesOf(deps, rows),
      mayPay: hasRole(c.get('signedIn').staff, MAY.payOut),
    });
    return c.html(page, draft === null ? 200 : 422);
  };

  app.get(path, { right: 'seePayments', shows: 'payoutFile' }, (c) => show(c, null));

  app.post(`${path}/download`, { right: 'payOut', shows: 'payoutFile' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const file = await load(c);
    const payer = required(deps, linkTo(file));
    const out: { bytes?: Uint8Array } = {};
    const answer = await carryOut(c, deps, form, async (tx, by) => {
      const taken = await takePayoutFile(tx, { ...by, fileId: file.id, payer });
      if (!taken.ok) return taken;
      // Not in the answer, which is stored with the command: accounts stand in the bytes.
      out.bytes = taken.bytes;
      return { ok: true };
    });
    requireAccepted(answer, linkTo(file));
    // The form was sent twice: the first one has it.
    if (out.bytes === undefined) return c.redirect(linkTo(file).href, 303);
    const fileName = `furikomi_${file.sandbox ? 'TEST_' : ''}${file.transferOn}.txt`;
    return attachment(c, out.bytes, { fileName, contentType: 'text/plain; charset=Shift_JIS' });
  });

  app.post(`${path}/discard`, { right: 'payOut', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const file = await load(c);
    const answer = await carryOut(c, deps, form, (tx, by) =>
      discardPayoutFile(tx, { ...by, fileId: file.id }),
    );
    requireAccepted(answer, linkTo(file));
    return c.redirect(payoutsHref(file.sandbox), 303);
  });

  app.post(`${path}/confirm`, { right: 'payOut', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const file = await load(c);
    const paidOn = readDay(form.text('paidOn'));
    if (paidOn === null || compareDates(paidOn, jstDate(deps.now().getTime())) > 0) {
      const message = '振り込まれた日を、今日までの日付で入力してください。';
      const errors = [{ field: 'confirm-paidOn', message }];
      return show(c, { form: 'confirm', values: form.texts(), errors });
    }
    const rows = await payoutsOfFile(db, file.id);
    const failed = rows.map(({ payout }) => payout.id).filter((id) => form.text(failedName(id)) === 'yes');
    const answer = await carryOut(c, deps, form, (tx, by) =>
      confirmPayoutFile(tx, { ...by, fileId: file.id, paidOn, failed }),
    );
    requireAccepted(answer, linkTo(file));
    return c.redirect(linkTo(file).href, 303);
  });
}
