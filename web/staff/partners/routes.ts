import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { billingContactsOf } from '../../../db/queries/contact/billing.ts';
import { termsHindrance } from '../../../db/queries/partner/move.ts';
import { papersThrough } from '../../../db/queries/partner/papers.ts';
import {
  contractCounts,
  contractsOfPartner,
  findPartner,
  listPartners,
  type Partner,
  type PartnerDetails,
  partnerHistory,
} from '../../../db/queries/partner/read.ts';
import { changePartner, registerPartner } from '../../../db/queries/partner/register.ts';
import { waitingProposal } from '../../../db/queries/proposal/find.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import { checkCorporateNumber } from '../../../domain/corporation/corporate-number.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { partnersPage } from './list-page.tsx';
import { newPartnerPage } from './new-page.tsx';
import { partnerPaperRoutes, SHOWN_PAPERS } from './papers-routes.ts';
import { readDetails, readTerms } from './read-form.ts';
import { type PartnerPage, partnerPage } from './record-page.tsx';
import { PARTNERS_PATH } from './words.ts';

/** The register of service partners: what is agreed with each, and changing it (第6条2項). */
export function partnerRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  app.get(PARTNERS_PATH, { right: 'seePartners', shows: 'nothing' }, async (c) => {
    const [partners, contracts] = await Promise.all([listPartners(db), contractCounts(db)]);
    const today = jstDate(deps.now().getTime());
    return c.html(partnersPage({ frame: frame(c, deps, 'partners'), partners, contracts, today }));
  });

  // Before the record: "new" is no id.
  app.get(`${PARTNERS_PATH}/new`, { right: 'changePartners', shows: 'nothing' }, (c) => {
    const typed = { values: {}, errors: [] };
    return c.html(newPartnerPage({ frame: frame(c, deps, 'partners'), typed, newId: randomUUID }));
  });

  app.post(PARTNERS_PATH, { right: 'changePartners', shows: 'nothing' }, (c) => register(c, deps));

  app.get(`${PARTNERS_PATH}/:id`, { right: 'seePartners', shows: 'nothing' }, async (c) =>
    show(c, deps, await load(c, deps), null),
  );

  app.post(`${PARTNERS_PATH}/:id`, { right: 'changePartners', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const partner = await load(c, deps);
    const { values, errors } = readDetails(form, partner.corporateNumber);
    if (errors.length > 0) {
      return show(c, deps, partner, { form: 'details', typed: { values: form.texts(), errors } });
    }
    await changePartner(db, {
      ...{ partnerId: partner.id, commandId: commandIdOf(form), enteredBy: c.get('signedIn').staff.id },
      values: { ...values, registryState: await registryState(deps, values.registrationNumber) },
      at: deps.now(),
    });
    return c.redirect(`${PARTNERS_PATH}/${partner.id}`, 303);
  });

  app.post(`${PARTNERS_PATH}/:id/terms`, { right: 'changePartners', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const partner = await load(c, deps);
    const { terms, errors } = readTerms(form, partner.details.registrationNumber !== '', 'terms');
    const reason = readReason(form, 'terms-reason');
    const again = (wrong: FieldError[]) =>
      show(c, deps, partner, { form: 'terms', typed: { values: form.texts(), errors: wrong } });
    if (errors.length > 0 || terms === null || typeof reason !== 'string') {
      return again([...errors, ...(typeof reason === 'string' ? [] : [reason])]);
    }
    const hindrance = await termsHindrance(db, { partnerId: partner.id, terms });
    if (hindrance !== null) return again([{ field: 'terms-from', message: hindrance }]);
    const proposed = { kind: 'partnerTerms' as const, partnerId: partner.id, terms };
    const asked = { commandId: commandIdOf(form), proposed, contractId: null, reason, sandbox: false };
    const link = { href: `${PARTNERS_PATH}/${partner.id}`, label: 'パートナーに戻る' };
    return askForTwo(c, deps, asked, link);
  });

  partnerPaperRoutes(app, deps, (c, partner, draft) => show(c, deps, partner, draft));
}

async function load(c: Context<WebEnv>, { db }: WebDependencies): Promise<Partner> {
  const partner = await findPartner(db, idParam(c, 'id'));
  if (partner === null) throw new Problem(404, { message: 'このサービスパートナーは登録されていません。' });
  return partner;
}

async function show(
  c: Context<WebEnv>,
  deps: WebDependencies,
  partner: Partner,
  draft: PartnerPage['draft'],
) {
  const { db } = deps;
  const terms = partner.terms.at(-1);
  const about = terms === undefined ? null : { kind: 'partnerTerms' as const, partnerId: partner.id, terms };
  const [history, contracts, names, open, contacts, waiting] = await Promise.all([
    partnerHistory(db, partner.id),
    contractsOfPartner(db, partner.id),
    staffNames(db),
    papersThrough(db, { partnerId: partner.id, open: true, limit: SHOWN_PAPERS }),
    billingContactsOf(db, { partnerId: partner.id }),
    about === null ? null : waitingProposal(db, about),
  ]);
  const page = { partner, history, contracts, names, waiting, draft, open, newId: randomUUID };
  const today = jstDate(deps.now().getTime());
  const html = partnerPage({
    ...{ ...page, frame: frame(c, deps, 'partners'), today, contacts: contacts.length },
  });
  return c.html(html, draft === null ? 200 : 422);
}

async function register(c: Context<WebEnv>, deps: WebDependencies) {
  const form = await readForm(c);
  requireCsrf(c, form);
  const check = checkCorporateNumber(form.text('corporateNumber'));
  const corporateNumber = check.value.number ?? '';
  const details = readDetails(form, corporateNumber);
  const { terms, errors } = readTerms(form, details.values.registrationNumber !== '');
  const wrong: FieldError[] = [
    ...(check.value.valid
      ? []
      : [{ field: 'corporateNumber', message: check.steps.map(({ text }) => text).join('') }]),
    ...details.errors,
    ...errors,
  ];
  const again = (typed: FieldError[]) => {
    const page = { frame: frame(c, deps, 'partners'), typed: { values: form.texts(), errors: typed } };
    return c.html(newPartnerPage({ ...page, newId: randomUUID }), 422);
  };
  if (wrong.length > 0 || terms === null) return again(wrong);
  const values = {
    ...details.values,
    registryState: await registryState(deps, details.values.registrationNumber),
  };
  const made = await registerPartner(deps.db, {
    ...{ commandId: commandIdOf(form), corporateNumber, values, terms, at: deps.now() },
    enteredBy: c.get('signedIn').staff.id,
  });
  if (made === null) {
    return again([
      { field: 'corporateNumber', message: 'この法人番号のパートナーは、すでに登録されています。' },
    ]);
  }
  return c.redirect(`${PARTNERS_PATH}/${made.partnerId}`, 303);
}

/** What the registry says of a registration number today; nothing waits for it longer than a person does. */
async function registryState(
  { registry }: WebDependencies,
  registrationNumber: string,
): Promise<PartnerDetails['registryState']> {
  if (registrationNumber === '') return 'notAsked';
  const answer = await registry.invoiceIssuer(registrationNumber.slice(1));
  return answer.state === 'found' && answer.record.endedOn !== '' ? 'ended' : answer.state;
}
