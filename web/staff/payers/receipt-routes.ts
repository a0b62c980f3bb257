import { paidPapers } from '../../../db/queries/receipt/read.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { requireAccepted } from '../../http/answer.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { linkToPayer, payerAt } from './show.ts';
import { PAYERS_PATH } from './words.ts';

/** Receipts for what a payer has paid: issued by one person on request (第6条2項). */
export function receiptRoutes(app: Routes, deps: WebDependencies): void {
  app.post(`${PAYERS_PATH}/:id/receipts`, { right: 'issueReceipt', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { payer, sandbox } = await payerAt(c, deps);
    const paperId = form.text('paperId');
    const paid = await paidPapers(deps.db, { payer: payer.id, sandbox });
    if (!paid.some((paper) => paper.paperId === paperId)) throw new Problem(400);
    const at = deps.now();
    const answer = await deps.receipts.issue({
      ...{ receiptId: commandIdOf(form), paperId, mailed: form.text('mailed') === 'yes' },
      ...{ issuedBy: c.get('signedIn').staff.id, today: jstDate(at.getTime()), at },
    });
    const link = linkToPayer(payer.id, sandbox);
    requireAccepted(answer, link);
    return c.redirect(link.href, 303);
  });
}
