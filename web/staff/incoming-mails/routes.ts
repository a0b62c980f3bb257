import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import {
  findIncomingMail,
  mailsSentTo,
  readIncomingMails,
  type SentMail,
} from '../../../db/queries/incoming-mail/read.ts';
import type { IncomingMailRow } from '../../../db/queries/incoming-mail/record.ts';
import { settleIncomingMail } from '../../../db/queries/incoming-mail/settle.ts';
import { recordBounce } from '../../../db/queries/mail/bounce.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { meaningOf } from '../../../storage/mail/meaning.ts';
import { isUnreadable, readMail } from '../../../storage/mail/read.ts';
import { MAIL_TYPE } from '../../../storage/upload/mail.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { attachment } from '../../http/download.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam, PAGE_SIZE, pageNumber } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { incomingListPage } from './list-page.tsx';
import { type IncomingMailPage, incomingMailPage } from './mail-page.tsx';

export const INCOMING_PATH = '/staff/incoming-mails';
const STATUSES = ['open', 'done'] as const;

/** Mails that came back to our sender's address and that only a person understands: an answer, perhaps a cancellation (第10条1項). */
export function incomingMailRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  app.get(INCOMING_PATH, { right: 'seeMailWork', shows: 'incomingMails' }, async (c) => {
    const status = choiceOf(c.req.query('status'), STATUSES) ?? 'open';
    const page = pageNumber(c);
    const rows = await readIncomingMails(db, {
      status,
      limit: PAGE_SIZE + 1,
      offset: (page - 1) * PAGE_SIZE,
    });
    const list = { rows: rows.slice(0, PAGE_SIZE), more: rows.length > PAGE_SIZE, status, page };
    return c.html(
      incomingListPage({ frame: frame(c, deps, 'incomingMails'), ...list, names: await staffNames(db) }),
    );
  });

  app.get(`${INCOMING_PATH}/:id`, { right: 'seeMailWork', shows: 'incomingMails' }, async (c) => {
    return show(c, await load(c), null);
  });

  /** The mail as it is kept: for a mail program, never shown in our own pages. */
  app.get(`${INCOMING_PATH}/:id/original`, { right: 'seeMailWork', shows: 'incomingMails' }, async (c) => {
    const { id, storageKey } = await load(c);
    if (storageKey === null) throw new Problem(404);
    const bytes = await deps.documents.get(storageKey);
    return attachment(c, bytes, { fileName: `${id}.eml`, contentType: MAIL_TYPE });
  });

  app.post(`${INCOMING_PATH}/:id/done`, { right: 'mendMail', shows: 'incomingMails' }, async (c) => {
    const { form, mail } = await open(c);
    const note = readReason(form, 'reason');
    if (typeof note !== 'string') return show(c, mail, { values: form.texts(), errors: [note] });
    await settle(c, form, mail, { note, outcome: 'read' });
    return c.redirect(`${INCOMING_PATH}/${mail.id}`, 303);
  });

  app.post(`${INCOMING_PATH}/:id/bounce`, { right: 'mendMail', shows: 'incomingMails' }, async (c) => {
    const { form, mail } = await open(c);
    const { sentMails, meaning } = await contentsOf(mail);
    const sent = sentMails.find(({ id }) => id === form.text('mailId'));
    if (sent === undefined) {
      const errors = [{ field: 'mailId', message: '返ってきたメールを選択してください。' }];
      return show(c, mail, { values: form.texts(), errors });
    }
    const { messageId } = sent;
    await recordBounce(
      db,
      { messageId, status: meaning?.status ?? '', answer: meaning?.answer ?? '' },
      deps.now(),
    );
    await settle(c, form, mail, { note: `「${sent.subjectLine}」の不達として記録`, outcome: 'bounce' });
    return c.redirect(`${INCOMING_PATH}/${mail.id}`, 303);
  });

  async function load(c: Context<WebEnv>): Promise<IncomingMailRow> {
    const mail = await findIncomingMail(db, idParam(c, 'id'));
    if (mail === null) throw new Problem(404);
    return mail;
  }

  async function open(c: Context<WebEnv>): Promise<{ form: Form; mail: IncomingMailRow }> {
    const form = await readForm(c);
    requireCsrf(c, form);
    return { form, mail: await load(c) };
  }

  async function settle(
    c: Context<WebEnv>,
    form: Form,
    { id }: IncomingMailRow,
    done: { note: string; outcome: 'read' | 'bounce' },
  ): Promise<void> {
    const staffId = c.get('signedIn').staff.id;
    await settleIncomingMail(db, { id, ...done, staffId, commandId: commandIdOf(form), at: deps.now() });
  }

  async function contentsOf({ storageKey, kind }: IncomingMailRow) {
    const read = storageKey === null ? null : readMail(await deps.documents.get(storageKey));
    const contents = read === null || isUnreadable(read) ? null : read;
    const meaning = contents === null ? null : meaningOf(contents);
    const recipient = kind === 'bounce' ? meaning?.recipient : null;
    const sentMails: SentMail[] = recipient == null ? [] : await mailsSentTo(db, recipient, deps.now());
    return { contents, meaning, sentMails };
  }

  async function show(c: Context<WebEnv>, mail: IncomingMailRow, draft: IncomingMailPage['draft']) {
    const { contents, sentMails } = await contentsOf(mail);
    const page = { mail, contents, sentMails, draft, names: await staffNames(db), newId: randomUUID };
    return c.html(
      incomingMailPage({ frame: frame(c, deps, 'incomingMails'), ...page }),
      draft === null ? 200 : 422,
    );
  }
}
