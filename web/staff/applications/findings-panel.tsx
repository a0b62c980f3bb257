import type { ApplicationDetail } from '../../../db/queries/read/application-detail.ts';
import { DECISIONS } from '../../../domain/processes/index.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { Evidence } from '../../components/evidence.tsx';
import { instantText } from '../../format.ts';
import { actorName, groundLabel } from '../../glossary.ts';
import { FINDING_REASONS } from '../../reasons.ts';
import { DecisionForm } from '../desk/decision-form.tsx';
import { ofRound } from './of-round.ts';
import type { RecordPage } from './record-page.tsx';

type Finding = ApplicationDetail['findings'][number];

/** What stops the application comes first. */
const WEIGHT = { hit: 0, review: 1, note: 2 } as const;

/** Findings of this round with their evidence side by side; those of earlier rounds folded away. */
export function FindingsPanel(page: RecordPage) {
  const { application, findings } = page.detail;
  const present = ofRound(findings, application).sort((a, b) => WEIGHT[a.outcome] - WEIGHT[b.outcome]);
  const earlier = findings.filter(({ round }) => round !== application.round);
  return (
    <section class="panel">
      <h3>
        確認で見つかったこと <span class="count">{present.length}件</span>
      </h3>
      {present.length === 0 ? <p class="empty">承諾しない理由に当たることは見つかっていません。</p> : null}
      {present.map((finding) => (
        <FindingCard finding={finding} page={page} />
      ))}
      {earlier.length === 0 ? null : (
        <details>
          <summary>前回までの提出で見つかったこと（{earlier.length}件）</summary>
          {earlier.map((finding) => (
            <FindingCard finding={finding} page={page} />
          ))}
        </details>
      )}
    </section>
  );
}

function FindingCard({ finding, page }: { finding: Finding; page: RecordPage }) {
  const { status, outcome } = finding;
  return (
    <article class={`finding finding-${outcome}`} id={`finding-${finding.id}`}>
      <header>
        <StatusBadge kind="findingOutcome" value={outcome} />
        <b>{groundLabel(finding.ground)}</b>
        {outcome === 'note' ? null : <StatusBadge kind="finding" value={status} />}
      </header>
      <Evidence match={finding} recordLabel="申込の記載" />
      {status === 'open' ? null : <Decided finding={finding} page={page} />}
      <FindingDecision finding={finding} page={page} />
    </article>
  );
}

function Decided({ finding, page }: { finding: Finding; page: RecordPage }) {
  const { decidedBy, decidedAt, decisionReason } = finding;
  return (
    <p class="decided">
      {decidedBy === null ? '' : actorName(decidedBy, page.names)}
      {decidedAt === null ? '' : `・${instantText(decidedAt)}`}
      <span class="lines">{decisionReason}</span>
    </p>
  );
}

/** Whoever may review decides each match; a changed mind is another decision. */
function FindingDecision({ finding, page }: { finding: Finding; page: RecordPage }) {
  const { access, detail, draft } = page;
  const { application } = detail;
  if (finding.outcome === 'note' || finding.round !== application.round) return null;
  if (!access.may || access.task.kind !== 'review') return null;
  return (
    <details open={draft?.form === finding.id || finding.status === 'open'}>
      <summary>{finding.status === 'open' ? 'この一致を判断する' : '判断をやり直す'}</summary>
      <DecisionForm
        page={page}
        form={finding.id}
        action={`/staff/applications/${application.id}/findings/${finding.id}`}
        taskId={access.task.id}
        verdicts={(['confirmed', 'released'] as const).map((value) => ({
          value,
          label: DECISIONS.finding.verdicts[value],
          reasons: FINDING_REASONS[value],
        }))}
        reasonHint="何を確かめてそう判断したかを書いてください。社内だけに残ります。"
        submit="この一致の判断を確定する"
      />
    </details>
  );
}
