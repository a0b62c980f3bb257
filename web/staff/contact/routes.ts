import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import {
  type ContactChangeRow,
  contactChangesOf,
  enterContactChange,
  findContactChange,
} from '../../../db/queries/contact/changes.ts';
import { type ContactSubject, registeredContact } from '../../../db/queries/contact/registered.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import {
  CONTACT_LABELS,
  type Contact,
  contactProblems,
  normaliseContact,
} from '../../../domain/contact/contact.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { missingGlyphs } from '../../../templates/pdf/fonts.ts';
import { fieldDifferences } from '../../components/differences.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { type ContactPage, contactPage } from './page.tsx';

const SUBJECTS = ['contract', 'application'] as const;

/** The registered contact of a contract or application (第12条2項): what it is, changing it, the second person's word. */
export function contactRoutes(app: Routes, deps: WebDependencies): void {
  for (const subjectType of SUBJECTS) routesFor(app, deps, subjectType);
}

function routesFor(app: Routes, deps: WebDependencies, subjectType: ContactSubject['subjectType']): void {
  const { db, delivery } = deps;
  const path = subjectPath({ subjectType, subjectId: ':id' });
  const shows = subjectType === 'contract' ? 'contact' : 'applicationContact';

  const show = async (c: Context<WebEnv>, draft: ContactPage['draft'], status: 200 | 409 | 422) => {
    const subject = { subjectType, subjectId: idParam(c, 'id') };
    const [registered, changes, names, task] = await Promise.all([
      registeredContact(db, subject),
      contactChangesOf(db, subject, 'registered'),
      staffNames(db),
      waitingTask(subject),
    ]);
    if (registered === null) throw new Problem(404);
    const tab = subjectType === 'contract' ? 'contracts' : 'applications';
    const page = { frame: frame(c, deps, tab), subject, registered, changes, names, draft, task };
    return c.html(contactPage({ ...page, newId: randomUUID }), status);
  };

  app.get(`${path}/contact`, { right: 'seeContact', shows }, (c) => {
    return show(c, null, 200);
  });

  app.post(`${path}/contact`, { right: 'changeContact', shows }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const subject = { subjectType, subjectId: idParam(c, 'id') };
    const [name, kana, email, phone] = ['name', 'kana', 'email', 'phone'].map((field) => form.text(field));
    const contact = normaliseContact({
      name: name ?? '',
      kana: kana ?? '',
      email: email ?? '',
      phone: phone ?? '',
    });
    const reason = readReason(form, 'reason');
    const errors = [
      ...contactProblems(contact, missingGlyphs),
      ...(typeof reason === 'string' ? [] : [reason]),
    ];
    const values = form.texts();
    if (errors.length > 0 || typeof reason !== 'string') return show(c, { values, errors }, 422);
    const enteredBy = c.get('signedIn').staff.id;
    const changeId = commandIdOf(form);
    const entered = await delivery.changeContact(
      (tx) => enterContactChange(tx, { changeId, ...subject, contact, reason, enteredBy }),
      (stored) => ('change' in stored ? inputOf(stored.change) : null),
    );
    if ('change' in entered) return c.redirect(`${subjectPath(subject)}/contact`, 303);
    if (entered.refused === 'unchanged') {
      const message = '登録されている連絡先と同じです。変更する項目を入力してください。';
      return show(c, { values, errors: [{ field: 'name', message }] }, 422);
    }
    if (entered.refused === 'unknown') throw new Problem(404, link(subject));
    const [waiting] = await contactChangesOf(db, subject, 'registered');
    throw new Problem(409, {
      message: '別の担当者が先に変更を入力し、その確認を待っています。あなたの変更は記録されていません。',
      ...link(subject),
      differences: waiting === undefined ? [] : differencesOf(contact, waiting),
    });
  });

  app.post(`${path}/contact/:changeId/decision`, { right: { task: 'contactChange' }, shows }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const subject = { subjectType, subjectId: idParam(c, 'id') };
    const change = await findContactChange(db, idParam(c, 'changeId'));
    if (change === null || change.subjectId !== subject.subjectId) throw new Problem(404);
    return takeDecision<'confirm' | 'reject'>(c, deps, form, {
      ...{ subject, ...link(subject), form: 'decision', stage: 'contactChange', clause: '第12条2項' },
      task: change.status === 'waiting' ? await waitingTask(subject) : null,
      verdicts: { confirm: [], reject: [] },
      wordless: ['confirm', 'reject'],
      send: ({ decisionId: _, ...command }, write) => delivery.decideContactChange(change.id, command, write),
      again: (draft, status) => show(c, draft, status),
    });
  });

  async function waitingTask({ subjectId }: ContactSubject) {
    return findOpenTask(db, { subjectId, kind: 'contactChange' });
  }
}

const differencesOf = (mine: Contact, now: Contact) =>
  fieldDifferences(CONTACT_LABELS, keysOf(CONTACT_LABELS), { mine, now });

function inputOf({ id: changeId, ...change }: ContactChangeRow) {
  const { subjectType, subjectId, enteredBy, needsSecond, sandbox } = change;
  return { changeId, subjectType, subjectId, enteredBy, needsSecond, sandbox };
}

function link(subject: ContactSubject) {
  return { link: { href: `${subjectPath(subject)}/contact`, label: '連絡先の最新の内容を見る' } };
}
