import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { wouldBeRecipients } from '../../../db/queries/notice/audience.ts';
import { type RecipientFacts, recipientFacts } from '../../../db/queries/notice/facts.ts';
import type { NoticeRow } from '../../../db/queries/notice/find.ts';
import { optOutToken } from '../../../db/queries/opt-out/token.ts';
import { listRecipients } from '../../../db/queries/read/notices.ts';
import { earlierOf, jstDate } from '../../../domain/calendar/civil-date.ts';
import { letterDayProblem, RECIPIENT_STATES, UNREACHED_STATES } from '../../../domain/notice/notice.ts';
import type { Mail } from '../../../templates/mail/blocks.ts';
import { noticeMail } from '../../../templates/mail/notice.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { readDay } from '../../http/dates.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, isId, PAGE_SIZE, pageNumber } from '../console.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { loadView } from './load.ts';
import { previewPage } from './preview-page.tsx';
import { type RecipientFilter, recipientsPage } from './recipients-page.tsx';

const FILTERS = [...RECIPIENT_STATES, 'unreached'] as const;
/** Recipients among whom a preview lets one choose. */
const CHOICES = 50;

/** Recipients of a notice: what became of each, letters, and the mail as each gets it. */
export function noticeRecipientRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const showRecipients = async (
    c: Context<WebEnv>,
    given: { errors: FieldError[]; values: Record<string, string> },
  ) => {
    const view = await loadView(c, deps);
    const filter: RecipientFilter =
      given.errors.length > 0 ? 'unreached' : choiceOf(c.req.query('state'), FILTERS);
    const page = pageNumber(c);
    const states = filter === null ? null : filter === 'unreached' ? UNREACHED_STATES : [filter];
    const query = { noticeId: view.notice.id, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
    const rows = await listRecipients(db, { ...query, states });
    const letters = Number(c.req.query('letters') ?? '0');
    const flash = letters > 0 ? `${letters}件の郵送を記録しました。` : null;
    const html = recipientsPage({ ...view, rows, filter, page, ...given, flash, newId: randomUUID });
    return c.html(html, given.errors.length > 0 ? 422 : 200);
  };

  app.get('/staff/notices/:id/recipients', { right: 'seeNotices', shows: 'noticeRecipients' }, (c) => {
    return showRecipients(c, { errors: [], values: {} });
  });

  app.post('/staff/notices/:id/letters', { right: 'steerNotices', shows: 'noticeRecipients' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { notice } = await loadView(c, deps);
    const sentOn = readDay(form.text('sentOn'));
    const contractIds = form.text('scope') === 'all' ? null : chosenContracts(form);
    const errors: FieldError[] = [];
    if (sentOn === null) errors.push({ field: 'sentOn', message: '発送日を入力してください。' });
    const wrong = sentOn === null ? null : letterDayProblem(sentOn, letterDays(notice));
    if (wrong !== null) errors.push({ field: 'sentOn', message: wrong });
    if (contractIds?.length === 0)
      errors.push({ field: 'sentOn', message: '郵送した宛先を一覧から選んでください。' });
    if (sentOn === null || errors.length > 0) return showRecipients(c, { errors, values: form.texts() });
    const answer = await answerWithin(
      deps.notices.recordLetters(notice.id, {
        commandId: commandIdOf(form),
        actor: { kind: 'staff', id: c.get('signedIn').staff.id },
        contractIds,
        sentOn,
      }),
      deps.limits.answerMs,
    );
    const href = `/staff/notices/${notice.id}/recipients`;
    requireAccepted(answer, { href, label: '宛先の一覧を見る' });
    return c.redirect(`${href}?letters=${answer.ok ? answer.letters : 0}`, 303);
  });

  app.get(
    '/staff/notices/:id/preview',
    { right: 'seeNotices', shows: 'noticeRecipients', policy: 'frames' },
    async (c) => {
      const { notice, frame } = await loadView(c, deps);
      const chosen = c.req.query('contract') ?? '';
      const facts = await choicesOf(notice, isId(chosen) ? chosen : null);
      const known = facts.get(chosen) ?? facts.values().next().value;
      const written = known === undefined ? null : write(notice, known);
      const choices = [...facts.values()].map(({ contractId, companyName }) => ({
        contractId,
        customerName: companyName,
      }));
      const shown =
        known === undefined || written === null || 'problem' in written
          ? null
          : {
              contractId: known.contractId,
              address: known.contact?.email ?? '連絡先の登録がありません',
              mail: written,
            };
      const problem = written !== null && 'problem' in written ? written.problem : null;
      return c.html(previewPage({ frame, notice, choices, shown, problem }));
    },
  );

  /** The HTML of the mail by itself, shown in a frame without any rights. */
  app.get(
    '/staff/notices/:id/preview/html',
    { right: 'seeNotices', shows: 'noticeRecipients', policy: 'framed' },
    async (c) => {
      const { notice } = await loadView(c, deps);
      const chosen = c.req.query('contract') ?? '';
      const known = isId(chosen) ? (await recipientFacts(db, notice.id, [chosen])).get(chosen) : undefined;
      const written = known === undefined ? null : write(notice, known);
      if (written === null || 'problem' in written) throw new Problem(404);
      return c.html(written.html);
    },
  );

  /** The first recipients, frozen or those who would be, and the one that was asked for. */
  async function choicesOf(notice: NoticeRow, asked: string | null): Promise<Map<string, RecipientFacts>> {
    const first =
      notice.recipientCount === null
        ? (await wouldBeRecipients(db, notice, CHOICES)).contractIds
        : (await listRecipients(db, { noticeId: notice.id, states: null, limit: CHOICES, offset: 0 })).map(
            ({ contractId }) => contractId,
          );
    return recipientFacts(db, notice.id, [...new Set([...(asked === null ? [] : [asked]), ...first])]);
  }

  /** The clock of a sandbox notice may be ahead of today: then its letters are of today. */
  function letterDays({ approvedAt, createdAt }: NoticeRow) {
    const today = jstDate(deps.now().getTime());
    return { today, toldOn: earlierOf(jstDate((approvedAt ?? createdAt).getTime()), today) };
  }

  function write(notice: NoticeRow, facts: RecipientFacts): Mail | { problem: string } {
    const { config } = deps;
    const contactId = facts.contact?.id ?? '';
    try {
      return noticeMail({
        sender: {
          operatorName: config.OPERATOR_NAME,
          inquiry: `${config.SUPPORT_CHANNEL}（${config.SUPPORT_HOURS}）`,
          sandbox: notice.sandbox,
        },
        subjectLine: notice.subjectLine,
        body: notice.body,
        recipient: { ...facts, personName: facts.contact?.name ?? '' },
        values: { ...notice.values, ...facts.values },
        optOutUrl:
          notice.noticeClass === 'advertising'
            ? `${config.WEB_URL}/opt-out/${optOutToken(config.SESSION_SECRET, contactId)}`
            : null,
      });
    } catch {
      return { problem: 'この宛先には、文面の差込項目のうち値のないものがあります。' };
    }
  }
}

function chosenContracts(form: Form): string[] {
  return Object.keys(form.texts())
    .map((name) => /^contract\.(.+)$/.exec(name)?.[1] ?? '')
    .filter(isId);
}
