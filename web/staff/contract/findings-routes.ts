import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { recordDecision } from '../../../db/queries/decision/record.ts';
import { settleDecision } from '../../../db/queries/decision/settle.ts';
import { type ContractDetail, readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { type ContractFindingRow, readContractFindings } from '../../../db/queries/rescreening/read.ts';
import { findListEntry } from '../../../db/queries/screening-list/read.ts';
import type { SessionStaff } from '../../../db/queries/session/find.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import { FINDING_REASONS } from '../../reasons.ts';
import type { Routes } from '../../routes.ts';
import type { Draft } from '../applications/record-page.tsx';
import { choiceOf, frame, idParam } from '../console.ts';
import { commandIdOf, readVerdict } from '../desk/verdict.ts';
import { LISTS } from '../lists/list-param.ts';
import { type ContractFinding, contractFindingsPage, type ListEntry } from './findings-page.tsx';

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
  ) => {
    const { staff } = c.get('signedIn');
    const shown = await Promise.all(
      findings.map(async (finding) => ({
        finding,
        entry: await entryOf(finding),
        access: accessTo(finding, detail, staff),
      })),
    );
    const page = { frame: frame(c, deps, 'contracts'), detail, findings: shown, names: await staffNames(db) };
    const whole = { ...page, now: deps.now(), draft, newId: randomUUID };
    return c.html(contractFindingsPage(whole), draft === null ? 200 : 422);
  };

  const entryOf = async ({ evidence }: ContractFindingRow): Promise<ListEntry | null> => {
    const { listVersion: version, entryId } = evidence;
    const list = choiceOf(evidence.listName, LISTS);
    if (list === null || version === undefined || entryId === undefined) return null;
    return findListEntry(db, { list, version, entryId });
  };

  app.get('/staff/contracts/:id/findings', { right: 'seeContractFindings', shows: 'findings' }, async (c) =>
    render(c, await load(c), null),
  );

  app.post(
    '/staff/contracts/:id/findings/:findingId',
    { right: 'seeContractFindings', shows: 'findings' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const commandId = commandIdOf(form);
      const loaded = await load(c);
      const { detail, findings } = loaded;
      const finding = findings.find(({ id }) => id === idParam(c, 'findingId'));
      if (finding === undefined) throw new Problem(404);
      const { staff } = c.get('signedIn');
      const link = {
        href: `/staff/contracts/${detail.contract.id}/findings`,
        label: '一致の最新の内容を見る',
      };
      const access = accessTo(finding, detail, staff);
      if (!access.may) {
        throw new Problem(finding.status === 'open' ? 403 : 409, { message: access.why, link });
      }
      const read = readVerdict(form, finding.id, FINDING_REASONS);
      if ('errors' in read) {
        return render(c, loaded, { form: finding.id, values: form.texts(), errors: read.errors });
      }
      const decisionId = await recordDecision(db, {
        ...read,
        commandId,
        subjectType: 'contract',
        subjectId: detail.contract.id,
        clause: finding.clauses,
        taskId: access.taskId,
        stage: 'finding',
        staffId: staff.id,
      });
      if (decisionId === null) throw new Problem(409, { link });
      const answer = await answerWithin(
        screening.decideFinding(finding, {
          commandId,
          actor: { kind: 'staff', id: staff.id },
          decisionId,
          findingId: finding.id,
          verdict: read.verdict,
        }),
        deps.limits.answerMs,
      );
      await settleDecision(db, decisionId, answer.ok ? 'effective' : 'refused', deps.now());
      requireAccepted(answer, link);
      return c.redirect(link.href, 303);
    },
  );
}

/** Whether a person may decide a match now: it is open, its case has a task, and the task's role is theirs. */
function accessTo(
  finding: ContractFindingRow,
  detail: ContractDetail,
  staff: SessionStaff,
): ContractFinding['access'] {
  if (finding.status !== 'open') return { may: false, why: 'この一致は判断済みです。' };
  const task = detail.tasks.find(({ id }) => id === finding.taskId);
  if (task === undefined)
    return { may: false, why: '判断の準備をしています。少し待ってから開き直してください。' };
  return staff.roles.some((role) => role === task.role) && !task.excludedStaff.includes(staff.id)
    ? { may: true, taskId: task.id }
    : { may: false, why: 'この一致は法務担当が判断します。あなたの役割では判断できません。' };
}
