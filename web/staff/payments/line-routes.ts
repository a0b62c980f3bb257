import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { payersByText } from '../../../db/queries/payment/find-payer.ts';
import {
  candidatesFor,
  contractOfPayer,
  findBankLine,
  payerNamesOf,
  postingsOf,
  proposalFor,
  takenBackBy,
  waitingLines,
} from '../../../db/queries/payment/read.ts';
import { openPapers } from '../../../db/queries/payment/receivable.ts';
import {
  judgeLine,
  type LineRow,
  namedPayersOf,
  reopenLine,
  setLineAside,
  settleLine,
} from '../../../db/queries/payment/settle.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { waitingProposal } from '../../../db/queries/proposal/find.ts';
import { readTimeline } from '../../../db/queries/read/timeline.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import type { ChosenSettlement } from '../../../domain/payments/settlement.ts';
import type { Proposed } from '../../../domain/proposal/proposal.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, hiddenSearch, idParam, isId, searched } from '../console.ts';
import { type DecisionCommand, takeDecision } from '../desk/decision.ts';
import type { Draft } from '../desk/draft.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { hasRole, MAY } from '../rights.ts';
import { type LineVerdict, readParts } from './line-form.ts';
import { bankLinePage } from './line-page.tsx';
import { LINES_PATH, PAYMENTS_PATH, SETTLE_PATH } from './words.ts';

/** Payments that are shown beside the one that is looked at. */
const NEXT_LINES = 10;
const CANDIDATES = 8;

/** One payment: whose it is, what it pays, or that it pays nothing; one after the other by keyboard (第6条2項). */
export function lineRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>): Promise<LineRow> => {
    const line = await findBankLine(db, idParam(c, 'id'));
    if (line === null) throw new Problem(404, { message: 'この入金は見つかりません。' });
    return line;
  };

  const show = async (
    c: Context<WebEnv>,
    line: LineRow,
    asked: { payer: string; queue: boolean; draft: Draft | null; done?: string },
    status: 200 | 409 | 422,
  ) => {
    const { text, hidden } = hiddenSearch(c, deps);
    const { sandbox } = line;
    const waits = line.status === 'waiting';
    const [candidates, found, postings, history, staff, next, takenBack, policies, proposal, done] =
      await Promise.all([
        waits && !line.cancelled ? candidatesFor(db, line, CANDIDATES) : [],
        text === '' ? [] : payersByText(db, { text, sandbox, limit: CANDIDATES }),
        postingsOf(db, line.id),
        readTimeline(db, { subjectType: 'bankLine', subjectId: line.id }),
        staffNames(db),
        waitingLines(db, { after: null, limit: NEXT_LINES }),
        waits && line.cancelled ? takenBackBy(db, line) : [],
        loadPolicies(db),
        waitingProposal(db, aboutLine(line.id)),
        asked.done === undefined || asked.done === '' ? null : findBankLine(db, asked.done),
      ]);
    // With one whose name it bears there is nothing to choose.
    const [only, another] = await namedPayersOf(db, line);
    const payer = asked.payer !== '' ? asked.payer : another === undefined ? (only ?? '') : '';
    const payers = [...new Set([...candidates, ...found, ...(payer === '' ? [] : [payer])])];
    const open = payers.length === 0 ? [] : await openPapers(db, { sandbox, payers });
    const own = open.filter((invoice) => invoice.payer === payer);
    return c.html(
      bankLinePage({
        ...{
          frame: frame(c, deps, 'payments'),
          line,
          postings,
          history,
          staff,
          next,
          takenBack,
          proposal,
          done,
        },
        ...{
          draft: asked.draft,
          queue: asked.queue,
          payer,
          candidates,
          found,
          open,
          search: { text, hidden },
        },
        names: await payerNamesOf(db, payers),
        suggestion: payer === '' ? null : proposalFor(line, payer, own, policies['payment.feeToleranceYen']),
        maySettle: hasRole(c.get('signedIn').staff, MAY.settlePayments),
        newId: randomUUID,
      }),
      status,
    );
  };

  app.get(SETTLE_PATH, { right: 'seePayments', shows: 'nothing' }, async (c) => {
    const after = c.req.query('after') ?? '';
    const before = isId(after) ? await findBankLine(db, after) : null;
    const ahead = await waitingLines(db, { after: before, limit: 1 });
    // Those that were passed over come again at the end.
    const [next] =
      ahead.rows.length > 0 ? ahead.rows : (await waitingLines(db, { after: null, limit: 1 })).rows;
    return c.redirect(
      next === undefined
        ? PAYMENTS_PATH
        : `${LINES_PATH}/${next.id}?queue=1${before === null ? '' : `&done=${before.id}`}`,
      303,
    );
  });

  app.get(`${LINES_PATH}/:id`, { right: 'seePayments', shows: 'nothing' }, async (c) => {
    const asked = {
      ...{ payer: c.req.query('payer') ?? '', queue: c.req.query('queue') === '1', draft: null },
      done: isId(c.req.query('done') ?? '') ? (c.req.query('done') ?? '') : '',
    };
    return show(c, await load(c), asked, 200);
  });

  app.post(`${LINES_PATH}/:id/search`, { right: 'settlePayments', shows: 'nothing' }, (c) =>
    searched(c, deps, `${LINES_PATH}/${idParam(c, 'id')}`),
  );

  app.post(`${LINES_PATH}/:id`, { right: 'settlePayments', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const line = await load(c);
    const queue = form.text('queue') === '1';
    const payer = form.text('payer');
    const link = { href: `${LINES_PATH}/${line.id}`, label: '入金の最新の内容を見る' };
    const again = (draft: Draft, status: 200 | 409 | 422) => show(c, line, { payer, queue, draft }, status);
    const parts = readParts(form);
    const chosen = { payer, parts: parts.parts };
    if (form.text('verdict') === 'allocate' && line.status === 'waiting' && parts.errors.length === 0) {
      const two = await secondPerson(c, form, line, chosen, again);
      if (two !== null) return two;
    }
    return takeDecision<LineVerdict>(c, deps, form, {
      subject: { subjectType: 'bankLine', subjectId: line.id },
      ...{ link, form: 'settle', stage: 'bankLine', clause: '第6条2項', again },
      after: queue ? `${SETTLE_PATH}?after=${line.id}` : link.href,
      verdicts: { allocate: [], wrong: [], cancelled: [], returned: [], reopen: [] },
      wordless: ['allocate'],
      errors: (verdict) =>
        verdict !== 'allocate'
          ? []
          : payer === ''
            ? [{ field: 'settle-verdict', message: '支払者を選択してください。' }]
            : parts.errors,
      send: (command, write) =>
        deps.outbox.here(command, write, (tx) => carryOut(tx, line.id, form, chosen, command)),
    });
  });

  /** Money under another payer's name: proposed to a second person; null where one person may do it. */
  async function secondPerson(
    c: Context<WebEnv>,
    form: Form,
    line: LineRow,
    chosen: ChosenSettlement,
    again: (draft: Draft, status: 422) => Promise<Response>,
  ): Promise<Response | null> {
    const judged = chosen.payer === '' ? null : await judgeLine(db, line, chosen);
    if (judged === null || !judged.ok || !judged.needsTwo) return null;
    const reason = readReason(form, 'settle-reason');
    if (typeof reason !== 'string') {
      const message =
        '別の支払者の名義の入金です。二人目の担当者が確認できるように、理由を入力してください。';
      return again({ form: 'settle', values: form.texts(), errors: [{ ...reason, message }] }, 422);
    }
    const { id: lineId, sandbox } = line;
    const parts = chosen.parts.map((part) => ({ ...part }));
    const proposed = {
      kind: 'paymentMoved',
      lineId,
      payer: chosen.payer,
      parts,
      learn: learns(form),
    } as const;
    const contractId = await contractOfPayer(db, chosen.payer);
    const link = { href: `${LINES_PATH}/${lineId}`, label: '入金の最新の内容を見る' };
    return askForTwo(c, deps, { commandId: commandIdOf(form), proposed, contractId, reason, sandbox }, link);
  }

  type Transaction = Parameters<Parameters<typeof db.transaction>[0]>[0];

  function carryOut(
    tx: Transaction,
    lineId: string,
    form: Form,
    chosen: ChosenSettlement,
    { commandId, actor, verdict }: DecisionCommand<LineVerdict>,
  ) {
    const now = deps.now();
    const by = { lineId, staffId: actor.id, commandId, now, today: jstDate(now.getTime()) };
    const note = form.text('reason').trim();
    switch (verdict) {
      case 'allocate':
        return settleLine(tx, { ...by, chosen, learn: learns(form), agreed: false });
      case 'reopen':
        return reopenLine(tx, { ...by, note });
      case 'wrong':
      case 'returned':
        return setLineAside(tx, { ...by, as: verdict, note, takesBack: null });
      case 'cancelled':
        return setLineAside(tx, { ...by, as: verdict, note, takesBack: takesBackOf(form) });
    }
  }
}

const learns = (form: Form): boolean => form.text('learn') === 'yes';

function takesBackOf(form: Form): string | null {
  const id = form.text('takesBack');
  return isId(id) ? id : null;
}

/** Whatever is proposed about a payment has the same key. */
const aboutLine = (lineId: string): Proposed => ({
  ...{ kind: 'paymentMoved', lineId, payer: '', parts: [], learn: false },
});
