import type { WebDependencies } from '../../dependencies.ts';
import type { Routes } from '../../routes.ts';
import { creditRoutes } from './credit-routes.ts';
import { receiptRoutes } from './receipt-routes.ts';
import { showPayer } from './show.ts';
import { statementRoutes } from './statement-routes.ts';
import { PAYERS_PATH } from './words.ts';

/** The money of a customer or a partner in one place: what it owes, paid and will be billed (第6条2項). */
export function payerRoutes(app: Routes, deps: WebDependencies): void {
  app.get(`${PAYERS_PATH}/:id`, { right: 'seeBilling', shows: 'nothing' }, (c) => showPayer(c, deps, null));
  creditRoutes(app, deps);
  receiptRoutes(app, deps);
  statementRoutes(app, deps);
}
