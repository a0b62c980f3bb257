import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { registeredContact } from '../../../db/queries/contact/registered.ts';
import { findContract } from '../../../db/queries/contract/find.ts';
import { changeOfficers, currentPeople } from '../../../db/queries/officers/change.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { normalisePeople, peopleProblems } from '../../../domain/corporation/company-people.ts';
import { missingGlyphs } from '../../../templates/pdf/fonts.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { type OfficersPage, officersPage } from './page.tsx';

/** Representative and officers of a contract's company: who they are, and a change, which screens the contract again (第10条2項③). */
export function officerRoutes(app: Routes, deps: WebDependencies): void {
  const { db, screening } = deps;
  const path = '/staff/contracts/:id/officers';

  const show = async (c: Context<WebEnv>, draft: OfficersPage['draft']) => {
    const contractId = idParam(c, 'id');
    const [current, registered, names] = await Promise.all([
      currentPeople(db, contractId),
      registeredContact(db, { subjectType: 'contract', subjectId: contractId }),
      staffNames(db),
    ]);
    if (current === null || registered === null) throw new Problem(404);
    const { companyName } = registered;
    const page = { frame: frame(c, deps, 'contracts'), contractId, companyName, current, names, draft };
    return c.html(officersPage({ ...page, newId: randomUUID }), draft === null ? 200 : 422);
  };

  app.get(path, { right: 'seeContact', shows: 'officers' }, (c) => {
    return show(c, null);
  });

  app.post(path, { right: 'changeContact', shows: 'officers' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const contractId = idParam(c, 'id');
    const people = normalisePeople({
      representativeName: form.text('representativeName'),
      representativeKana: form.text('representativeKana'),
      officersText: form.text('officersText'),
    });
    const reason = readReason(form, 'reason');
    const errors = [
      ...peopleProblems(people, missingGlyphs),
      ...(typeof reason === 'string' ? [] : [reason]),
    ];
    if (errors.length > 0 || typeof reason !== 'string') return show(c, { values: form.texts(), errors });
    const enteredBy = c.get('signedIn').staff.id;
    const changeId = commandIdOf(form);
    await screening.rescreenContract({ contractId, startedBy: enteredBy }, async (tx) => {
      if (await changeOfficers(tx, { changeId, contractId, people, reason, enteredBy })) return;
      const message = '契約が終了しているため、変更を登録できません。';
      throw new Problem((await findContract(tx, contractId)) === null ? 404 : 409, { message });
    });
    return c.redirect(`/staff/contracts/${contractId}/officers`, 303);
  });
}
