import { findCommand } from '../../../db/queries/command/record.ts';
import { payerAccount } from '../../../db/queries/payment/account.ts';
import { applyCredit } from '../../../db/queries/payment/credit.ts';
import { contractOfPayer } from '../../../db/queries/payment/read.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import { requireAccepted } from '../../http/answer.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { isId } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { linkToPayer, payerAt, showPayer } from './show.ts';
import { PAYERS_PATH } from './words.ts';

/** The credit of a payer: applied by one person, paid back by two (第6条2項). */
export function creditRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  app.post(`${PAYERS_PATH}/:id/apply`, { right: 'settlePayments', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { payer, sandbox } = await payerAt(c, deps);
    const link = linkToPayer(payer.id, sandbox);
    const staffId = c.get('signedIn').staff.id;
    const commandId = commandIdOf(form);
    const paperId = form.text('paperId');
    if (!isId(paperId)) throw new Problem(400);
    // Sent again it is one application.
    if ((await findCommand(db, commandId)) !== null) return c.redirect(link.href, 303);
    const today = jstDate(deps.now().getTime());
    const applied = { payer: payer.id, sandbox, paperId, staffId, commandId, today };
    const command = { commandId, actor: { kind: 'staff' as const, id: staffId } };
    const answer = await deps.outbox.here(
      command,
      async () => undefined,
      (tx) => applyCredit(tx, applied),
    );
    requireAccepted(answer, link);
    return c.redirect(link.href, 303);
  });

  app.post(`${PAYERS_PATH}/:id/pay-back`, { right: 'settlePayments', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { payer, sandbox } = await payerAt(c, deps);
    const { creditYen } = await payerAccount(db, { payer: payer.id, sandbox });
    const amountYen = yenIn(form.text('amount'));
    const reason = readReason(form, 'back-reason');
    const contractId = await contractOfPayer(db, payer.id);
    if (contractId === null) throw new Problem(404);
    const errors: FieldError[] = [
      ...(amountYen === null || amountYen > creditYen
        ? [{ field: 'back-amount', message: '返す額を、前受金の残高までの1円以上の数字で入力してください。' }]
        : []),
      ...(typeof reason === 'string' ? [] : [reason]),
    ];
    if (amountYen === null || typeof reason !== 'string' || errors.length > 0) {
      return showPayer(c, deps, { form: 'back', values: form.texts(), errors });
    }
    const proposed = { kind: 'creditPaidBack', payer: payer.id, amountYen, contractId, sandbox } as const;
    const asked = { commandId: commandIdOf(form), proposed, contractId, reason, sandbox };
    return askForTwo(c, deps, asked, linkToPayer(payer.id, sandbox));
  });
}

/** Yen as staff type them; null for what is none. */
function yenIn(typed: string): number | null {
  const digits = typed.normalize('NFKC').replace(/[,円¥\s]/g, '');
  return /^[1-9]\d{0,12}$/.test(digits) ? Number(digits) : null;
}
