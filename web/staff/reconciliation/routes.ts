import { readReconciliation } from '../../../db/queries/reconcile/figures.ts';
import { toldDifferences } from '../../../db/queries/reconcile/rounds.ts';
import type { WebDependencies } from '../../dependencies.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { reconciliationPage } from './page.tsx';

/** More is not shown: the first ones tell what happened, and `hasso reconcile` lists all. */
const SHOWN = 200;

/** What the comparison of rows with workflows has found; its task leads here from whatever round it was opened in. */
export function reconciliationRoutes(app: Routes, deps: WebDependencies): void {
  for (const path of ['/staff/reconciliation', '/staff/reconciliation/:id'] as const) {
    app.get(path, { right: 'seeReconciliation', shows: 'nothing' }, async (c) => {
      const [figures, differences] = await Promise.all([
        readReconciliation(deps.db, deps.now()),
        toldDifferences(deps.db, SHOWN),
      ]);
      return c.html(
        reconciliationPage({
          frame: frame(c, deps, 'reconciliation'),
          figures,
          differences,
          config: deps.config,
        }),
      );
    });
  }
}
