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
import { contactProblems, normaliseContact } from '../../../domain/contact/contact.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf, requireRole } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { type ContactPage, contactPage } from './page.tsx';

const SUBJECTS = ['contract', 'application'] as const;
const VERDICTS = ['confirm', 'reject'] as const;

/** The registered contact of a contract or application (第12条2項): what it is, changing it, the second person's word. */
export function contactRoutes(app: Routes, deps: WebDependencies): void {
  for (const subjectType of SUBJECTS) routesFor(app, deps, subjectType);
}

function routesFor(app: Routes, deps: WebDependencies, subjectType: ContactSubject['subjectType']): void {
  const { db, delivery, limits } = deps;
  const path = subjectPath({ subjectType, subjectId: ':id' });
  const shows = subjectType === 'contract' ? 'contact' : 'applicationContact';

  const show = async (c: Context<WebEnv>, draft: ContactPage['draft']) => {
    const subject = { subjectType, subjectId: idParam(c, 'id') };
    const [registered, changes, names] = await Promise.all([
      registeredContact(db, subject),
      contactChangesOf(db, subject),
      staffNames(db),
    ]);
    if (registered === null) throw new Problem(404);
    const tab = subjectType === 'contract' ? 'contracts' : 'applications';
    const page = { frame: frame(c, deps, tab), subject, registered, changes, names, draft };
    return c.html(contactPage({ ...page, newId: randomUUID }), draft === null ? 200 : 422);
  };

  app.get(`${path}/contact`, { right: 'seeContact', shows }, (c) => {
    return show(c, null);
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
    const errors = [...contactProblems(contact), ...(typeof reason === 'string' ? [] : [reason])];
    const values = form.texts();
    if (errors.length > 0 || typeof reason !== 'string') return show(c, { values, errors });
    const enteredBy = c.get('signedIn').staff.id;
    const changeId = commandIdOf(form);
    const entered = await enterContactChange(db, { changeId, ...subject, contact, reason, enteredBy });
    if ('change' in entered) {
      await answerWithin(start(entered.change), limits.answerMs);
      return c.redirect(`${subjectPath(subject)}/contact`, 303);
    }
    if (entered.refused === 'unchanged') {
      const message = '登録されている連絡先と同じです。変更する項目を入力してください。';
      return show(c, { values, errors: [{ field: 'name', message }] });
    }
    throw new Problem(entered.refused === 'unknown' ? 404 : 409, link(subject));
  });

  app.post(
    `${path}/contact/:changeId/decision`,
    { right: { task: 'contactChange' }, shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const subject = { subjectType, subjectId: idParam(c, 'id') };
      const verdict = choiceOf(form.text('verdict'), VERDICTS);
      if (verdict === null) throw new Problem(400);
      const change = await findContactChange(db, idParam(c, 'changeId'));
      if (change === null || change.subjectId !== subject.subjectId) throw new Problem(404);
      requireRole(c, [TASKS.contactChange.role]);
      const { staff } = c.get('signedIn');
      if (change.enteredBy === staff.id) {
        const message = '入力した人とは別の担当者が確認します（第12条2項）。';
        throw new Problem(403, { message, ...link(subject) });
      }
      const command = {
        commandId: commandIdOf(form),
        actor: { kind: 'staff' as const, id: staff.id },
        verdict,
      };
      if (change.status !== 'waiting' && change.decidedBy !== staff.id) throw new Problem(409, link(subject));
      if (change.status === 'waiting') {
        const answer = delivery.decideContactChange(change.id, command);
        requireAccepted(await answerWithin(answer, limits.answerMs), link(subject).link);
      }
      return c.redirect(`${subjectPath(subject)}/contact`, 303);
    },
  );

  function start(change: ContactChangeRow): Promise<void> {
    const { id: changeId, ...rest } = change;
    return delivery.changeContact({ changeId, ...rest });
  }
}

function link(subject: ContactSubject) {
  return { link: { href: `${subjectPath(subject)}/contact`, label: '連絡先の最新の内容を見る' } };
}
