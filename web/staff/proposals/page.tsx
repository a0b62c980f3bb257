import type { ProposalRow } from '../../../db/queries/proposal/find.ts';
import type { TaskRow } from '../../../db/queries/task/find.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { accessTo } from '../desk/access.ts';
import { DecisionForm, DecisionPanel } from '../desk/decision-form.tsx';
import type { Draft } from '../desk/draft.ts';
import { PROPOSAL_LABELS, type wordsOf } from './words.ts';

export interface ProposalPage {
  frame: ReturnType<typeof frame>;
  row: ProposalRow;
  words: Awaited<ReturnType<typeof wordsOf>>;
  task: TaskRow | null;
  names: ReadonlyMap<string, string>;
  draft: Draft | null;
  newId: () => string;
}

/** What one person has proposed, and the form of the second. */
export function proposalPage(page: ProposalPage) {
  const { row, words, task, names, draft, frame } = page;
  const label = PROPOSAL_LABELS[row.kind];
  const { decidedBy, decidedAt } = row;
  return staffPage({
    ...frame,
    title: label,
    hasErrors: (draft?.errors.length ?? 0) > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">二人で行う操作</p>
        <h1>
          {label} <StatusBadge kind="proposal" value={row.status} />
          {row.sandbox ? <SandboxMark /> : null}
        </h1>
        <p class="lead">一人では行えない操作です。申し出た人とは別の担当者が確認すると行われます。</p>
        <ErrorSummary errors={draft?.errors ?? []} />
        <Facts
          facts={[
            ...words.facts,
            { label: '理由', value: <span class="lines">{row.reason}</span> },
            {
              label: '申し出た人',
              value: `${actorName(row.proposedBy, names)}（${instantText(row.createdAt)}）`,
            },
            ...(decidedBy === null || decidedAt === null
              ? []
              : [
                  {
                    label: '判断した人',
                    value: `${actorName(decidedBy, names)}（${instantText(decidedAt)}）`,
                  },
                ]),
          ]}
        />
        {words.link === null ? null : (
          <p>
            <a href={words.link.href}>{words.link.label}</a>
          </p>
        )}
        {task === null ? null : (
          <DecisionPanel access={accessTo(task, frame.signedIn.staff)} heading="この操作を認めますか">
            <DecisionForm
              page={page}
              form="decide"
              action={`/staff/proposals/${row.id}/decision`}
              taskId={task.id}
              verdicts={[
                { value: 'confirm', label: '認める' },
                { value: 'reject', label: '認めない' },
              ]}
            />
          </DecisionPanel>
        )}
      </div>
    ),
  });
}
