import { optIn, optOut } from '../../../db/queries/opt-out/record.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { idParam } from '../console.ts';

/** What a customer told staff about mail that advertises (第14条). */
export function contractOptOutRoutes(app: Routes, deps: WebDependencies): void {
  app.post('/staff/contracts/:id/opt-out', { right: 'steerNotices', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const contractId = idParam(c, 'id');
    const contact = (await readContractDetail(deps.db, contractId))?.contact;
    if (contact == null) throw new Problem(404);
    const actor = c.get('signedIn').staff.id;
    const contactId = contact.id;
    if (form.text('wish') === 'in') await optIn(deps.db, { contactId, actor });
    else await optOut(deps.db, { contactId, how: 'staff', actor, at: deps.now() });
    return c.redirect(`/staff/contracts/${contractId}#contact`, 303);
  });
}
