import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { billingContactsOf, billingPartyOf } from '../../../db/queries/contact/billing.ts';
import { enterBillingContact } from '../../../db/queries/contact/billing-changes.ts';
import { contactChangesOf, findContactChange } from '../../../db/queries/contact/changes.ts';
import { registeredContact } from '../../../db/queries/contact/registered.ts';
import { findPartner } from '../../../db/queries/partner/read.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import { type Contact, contactProblems, normaliseContact } from '../../../domain/contact/contact.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { missingGlyphs } from '../../../templates/pdf/fonts.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam, isId } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { type BillingContactsPage, billingContactsPage } from './contacts-page.tsx';

type SubjectType = 'contract' | 'partner';

/** Contacts for invoices of a contract's customer and of a partner: who they are, changing them, the second person's word. */
export function billingContactRoutes(app: Routes, deps: WebDependencies): void {
  routesFor(app, deps, 'contract', 'billingContacts');
  routesFor(app, deps, 'partner', 'nothing');
}

function routesFor(
  app: Routes,
  deps: WebDependencies,
  subjectType: SubjectType,
  shows: 'billingContacts' | 'nothing',
): void {
  const { db, delivery } = deps;
  const path = `${subjectPath({ subjectType, subjectId: ':id' })}/billing-contacts`;

  app.get(path, { right: 'seeBillingContacts', shows }, (c) => show(c, deps, subjectType, null, 200));

  app.post(path, { right: 'changeBillingContacts', shows }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const subject = { subjectType, subjectId: idParam(c, 'id') };
    const contactId = form.text('contactId');
    if (contactId !== 'new' && !isId(contactId)) throw new Problem(400);
    const read = readChange(form, contactId);
    const again = (errors: FieldError[]) =>
      show(c, deps, subjectType, { contactId, typed: { values: form.texts(), errors } }, 422);
    if ('errors' in read) return again(read.errors);
    const changeId = commandIdOf(form);
    const change = {
      ...{ ...subject, ...read, changeId, enteredBy: c.get('signedIn').staff.id },
      // A new contact has the id of the form: sent twice, it is one.
      billingContactId: contactId === 'new' ? changeId : contactId,
    };
    const entered = await delivery.changeContact(
      (tx) => enterBillingContact(tx, change),
      (stored) =>
        'change' in stored
          ? { ...subject, changeId, enteredBy: stored.change.enteredBy, ...needs(stored.change) }
          : null,
    );
    if ('change' in entered) return c.redirect(pathOf(subject), 303);
    if (entered.refused === 'unchanged') {
      return again([{ field: `${contactId}-name`, message: '登録されている内容と同じです。' }]);
    }
    const message = 'この契約またはパートナーの連絡先には、確認を待っている変更がすでにあります。';
    throw new Problem(entered.refused === 'unknown' ? 404 : 409, { message, ...linkTo(subject) });
  });

  app.post(`${path}/:changeId/decision`, { right: { task: 'contactChange' }, shows }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const subject = { subjectType, subjectId: idParam(c, 'id') };
    const change = await findContactChange(db, idParam(c, 'changeId'));
    if (change === null || change.subjectId !== subject.subjectId) throw new Problem(404);
    return takeDecision<'confirm' | 'reject'>(c, deps, form, {
      ...{ subject, ...linkTo(subject), form: 'decision', stage: 'contactChange', clause: '第12条2項' },
      task: change.status === 'waiting' ? await waitingTask(deps, subject.subjectId) : null,
      verdicts: { confirm: [], reject: [] },
      wordless: ['confirm', 'reject'],
      send: ({ decisionId: _, ...command }, write) => delivery.decideContactChange(change.id, command, write),
      again: (_draft, status) => show(c, deps, subjectType, null, status),
    });
  });
}

const needs = ({ needsSecond, sandbox }: { needsSecond: boolean; sandbox: boolean }) => ({
  needsSecond,
  sandbox,
});

const waitingTask = ({ db }: WebDependencies, subjectId: string) =>
  findOpenTask(db, { subjectId, kind: 'contactChange' });

async function show(
  c: Context<WebEnv>,
  deps: WebDependencies,
  subjectType: SubjectType,
  draft: BillingContactsPage['draft'],
  status: 200 | 409 | 422,
) {
  const { db } = deps;
  const subject = { subjectType, subjectId: idParam(c, 'id') };
  const [party, name] = await Promise.all([billingPartyOf(db, subject), nameOf(deps, subject)]);
  if (party === null || name === null) throw new Problem(404);
  const [contacts, changes, names, task] = await Promise.all([
    billingContactsOf(db, party),
    contactChangesOf(db, subject, 'invoices'),
    staffNames(db),
    waitingTask(deps, subject.subjectId),
  ]);
  const isPartner = subjectType === 'partner';
  const page = {
    ...{ contacts, names, task, draft, path: pathOf(subject), newId: randomUUID },
    waiting: changes.find((change) => change.status === 'waiting') ?? null,
    party: { name: isPartner ? name : `${name}の契約`, href: subjectPath(subject), isPartner },
    frame: frame(c, deps, isPartner ? 'partners' : 'contracts'),
  };
  return c.html(billingContactsPage(page), status);
}

async function nameOf(
  { db }: WebDependencies,
  subject: { subjectType: SubjectType; subjectId: string },
): Promise<string | null> {
  return subject.subjectType === 'partner'
    ? ((await findPartner(db, subject.subjectId))?.details.name ?? null)
    : ((await registeredContact(db, subject))?.companyName ?? null);
}

/** What was typed; to take a contact off only the reason counts. */
function readChange(
  form: Form,
  contactId: string,
): { contact: Contact | null; reason: string } | { errors: FieldError[] } {
  const removes = form.text('act') === 'remove';
  const contact = normaliseContact({
    ...{ name: form.text('name'), kana: form.text('kana') },
    ...{ email: form.text('email'), phone: form.text('phone') },
  });
  const reason = readReason(form, `${contactId}-reason`);
  const errors: FieldError[] = removes
    ? []
    : contactProblems(contact, missingGlyphs).map(({ field, message }) => ({
        ...{ field: `${contactId}-${field}`, message },
      }));
  if (typeof reason !== 'string') return { errors: [...errors, reason] };
  return errors.length > 0 ? { errors } : { contact: removes ? null : contact, reason };
}

const pathOf = (subject: { subjectType: SubjectType; subjectId: string }) =>
  `${subjectPath(subject)}/billing-contacts`;

function linkTo(subject: { subjectType: SubjectType; subjectId: string }) {
  return { link: { href: pathOf(subject), label: '送付先の最新の内容を見る' } };
}
