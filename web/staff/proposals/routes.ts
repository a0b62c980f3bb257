import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { findProposal } from '../../../db/queries/proposal/find.ts';
import { taskKindOf } from '../../../db/queries/proposal/propose.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import type { Draft } from '../desk/draft.ts';
import { settle } from './effects.ts';
import { proposalPage } from './page.tsx';
import { wordsOf } from './words.ts';

export const PROPOSALS_PATH = '/staff/proposals';

/** What one person may not do alone (docs/proposals.md): what was proposed, and the second person's word. */
export function proposalRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const row = await findProposal(db, idParam(c, 'id'));
    if (row === null) throw new Problem(404);
    return { row, task: await findOpenTask(db, { subjectId: row.id, kind: taskKindOf(row.kind) }) };
  };

  const show = async (c: Context<WebEnv>, draft: Draft | null, status: 200 | 409 | 422) => {
    const { row, task } = await load(c);
    const [words, names] = await Promise.all([wordsOf(deps, row), staffNames(db)]);
    const page = { frame: frame(c, deps, 'tasks'), row, words, task, names, draft, newId: randomUUID };
    return c.html(proposalPage(page), status);
  };

  app.get(`${PROPOSALS_PATH}/:id`, { right: 'seeProposals', shows: 'nothing' }, (c) => show(c, null, 200));

  app.post(`${PROPOSALS_PATH}/:id/decision`, { right: 'settleProposals', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { row, task } = await load(c);
    return takeDecision<'confirm' | 'reject'>(c, deps, form, {
      subject: { subjectType: 'proposal', subjectId: row.id },
      link: { href: `${PROPOSALS_PATH}/${row.id}`, label: '操作の最新の内容を見る' },
      ...{ task, form: 'decide', stage: 'proposal', clause: '', verdicts: { confirm: [], reject: [] } },
      send: (command, write) => settle(deps, row, command, write),
      again: (draft, status) => show(c, draft, status),
    });
  });
}
