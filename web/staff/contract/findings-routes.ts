import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { type ContractDetail, readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { type ContractFindingRow, readContractFindings } from '../../../db/queries/rescreening/read.ts';
import { findListEntry } from '../../../db/queries/screening-list/read.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import { FINDING_REASONS } from '../../reasons.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';
import { accessTo } from '../desk/access.ts';
import { takeDecision } from '../desk/decision.ts';
import type { Draft } from '../desk/draft.ts';
import { LISTS } from '../lists/list-param.ts';
import { contractFindingsPage, type ListEntry } from './findings-page.tsx';

/** Matches that re-screening found on a contract, and the decision on each (第10条2項③, 第15条1項⑤). */
export function contractFindingRoutes(app: Routes, deps: WebDependencies): void {
  const { db, screening } = deps;

  const load = async (c: Context<WebEnv>) => {
    const id = idParam(c, 'id');
    const [detail, findings] = await Promise.all([readContractDetail(db, id), readContractFindings(db, id)]);
    if (detail === null) throw new Problem(404);
    return { detail, findings };
  };

  const render = async (
    c: Context<WebEnv>,
    { detail, findings }: Awaited<ReturnType<typeof load>>,
    draft: Draft | null,
    status: 200 | 409 | 422,
  ) => {
    const { staff } = c.get('signedIn');
    const shown = await Promise.all(
      findings.map(async (finding) => ({
        finding,
        entry: await entryOf(finding),
        access: accessTo(taskOf(finding, detail), staff, idleWords(finding)),
      })),
    );
    const page = { frame: frame(c, deps, 'contracts'), detail, findings: shown, names: await staffNames(db) };
    return c.html(contractFindingsPage({ ...page, now: deps.now(), draft, newId: randomUUID }), status);
  };

  const entryOf = async ({ evidence }: ContractFindingRow): Promise<ListEntry | null> => {
    const { listVersion: version, entryId } = evidence;
    const list = choiceOf(evidence.listName, LISTS);
    if (list === null || version === undefined || entryId === undefined) return null;
    return findListEntry(db, { list, version, entryId });
  };

  app.get('/staff/contracts/:id/findings', { right: 'seeContractFindings', shows: 'findings' }, async (c) =>
    render(c, await load(c), null, 200),
  );

  app.post(
    '/staff/contracts/:id/findings/:findingId',
    { right: 'seeContractFindings', shows: 'findings' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const loaded = await load(c);
      const { detail, findings } = loaded;
      const finding = findings.find(({ id }) => id === idParam(c, 'findingId'));
      if (finding === undefined) throw new Problem(404);
      const { id: contractId } = detail.contract;
      return takeDecision(c, deps, form, {
        subject: { subjectType: 'contract', subjectId: contractId },
        link: { href: `/staff/contracts/${contractId}/findings`, label: '一致の最新の内容を見る' },
        task: taskOf(finding, detail),
        ...{ form: finding.id, stage: 'finding', clause: finding.clauses, verdicts: FINDING_REASONS },
        send: ({ taskId: _, ...command }, write) =>
          screening.decideFinding(finding, { ...command, findingId: finding.id }, write),
        again: (draft, status) => render(c, loaded, draft, status),
      });
    },
  );
}

/** The open task of a match's case, while the match waits for its decision. */
function taskOf(finding: ContractFindingRow, detail: ContractDetail) {
  if (finding.status !== 'open') return null;
  return detail.tasks.find(({ id }) => id === finding.taskId) ?? null;
}

function idleWords({ status }: ContractFindingRow): string {
  return status === 'open'
    ? '判断の準備をしています。少し待ってから開き直してください。'
    : 'この一致は判断済みです。';
}
