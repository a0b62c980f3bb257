import type { ContractDetail } from '../../../db/queries/read/contract-detail.ts';
import type { ContractFindingRow } from '../../../db/queries/rescreening/read.ts';
import type { screeningEntries } from '../../../db/schema/index.ts';
import { DECISIONS } from '../../../domain/processes/index.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Evidence } from '../../components/evidence.tsx';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import { dueText, instantText } from '../../format.ts';
import { actorName, LIST_LABELS, labelOf } from '../../glossary.ts';
import { FINDING_REASONS } from '../../reasons.ts';
import type { frame } from '../console.ts';
import type { Access } from '../desk/access.ts';
import { DecisionForm } from '../desk/decision-form.tsx';
import type { Draft } from '../desk/draft.ts';

export type ListEntry = typeof screeningEntries.$inferSelect;
export interface ContractFinding {
  finding: ContractFindingRow;
  /** The list entry as it was in the version that was compared; null when it is not there. */
  entry: ListEntry | null;
  /** The open task of its case, for whoever may decide; otherwise why there is no form. */
  access: Access;
}

export interface FindingsPage {
  frame: ReturnType<typeof frame>;
  detail: ContractDetail;
  findings: readonly ContractFinding[];
  names: ReadonlyMap<string, string>;
  now: Date;
  draft: Draft | null;
  newId: () => string;
}

const CONFIRMED_WORDS =
  '「該当」と判断されています。契約はそのままです。利用停止（第10条2項③）や解約（第15条1項⑤）は、法務担当が別に判断します。';

/** Matches of a live contract with the lists: customer and entry side by side, and the decision on each. */
export function contractFindingsPage(page: FindingsPage) {
  const { detail, findings, draft, now } = page;
  const { contract, customer, tasks } = detail;
  const due = tasks.find(({ kind }) => kind === 'rescreeningHit')?.dueAt;
  return staffPage({
    ...page.frame,
    title: `${customer.name}：照合リストとの一致`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/contracts">契約</a> /{' '}
          <a href={`/staff/contracts/${contract.id}`}>{customer.name}</a>
        </p>
        <h1>
          照合リストとの一致 <span class="count">{findings.length}件</span>
        </h1>
        <p class="lead">
          契約中のお客様を照合リストと比べて見つかった一致です。判断しても、契約に対する処理は自動では行われません。
          {due === undefined ? null : <b class="beside">{dueText(due, now).text}</b>}
        </p>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        {findings.length === 0 ? <p class="empty">一致は見つかっていません。</p> : null}
        {findings.map((each) => (
          <FindingPanel each={each} page={page} />
        ))}
      </>
    ),
  });
}

function FindingPanel({ each, page }: { each: ContractFinding; page: FindingsPage }) {
  const { finding, entry, access } = each;
  const { contract } = page.detail;
  return (
    <section class="panel" id={`finding-${finding.id}`} aria-label={`一致：${finding.entry}`}>
      <article class={`finding finding-${finding.outcome}`}>
        <header>
          <StatusBadge kind="findingOutcome" value={finding.outcome} />
          <b>{finding.clauses}</b>
          <StatusBadge kind="finding" value={finding.status} />
          <small>{instantText(finding.createdAt)} 検出</small>
        </header>
        <Evidence match={finding} recordLabel="契約の記載" />
        <div class="compare">
          <CustomerFacts detail={page.detail} />
          {entry === null ? (
            <p class="empty">リストの記載は残っていません。</p>
          ) : (
            <EntryFacts entry={entry} />
          )}
        </div>
        {finding.status === 'open' ? null : (
          <p class="decided">
            {finding.decidedBy === null ? '' : actorName(finding.decidedBy, page.names)}
            {finding.decidedAt === null ? '' : `・${instantText(finding.decidedAt)}`}
            <span class="lines">{finding.decisionReason}</span>
          </p>
        )}
        {finding.status === 'confirmed' ? <p class="notice notice-warning">{CONFIRMED_WORDS}</p> : null}
      </article>
      {access.may ? (
        <DecisionForm
          page={page}
          form={finding.id}
          action={`/staff/contracts/${contract.id}/findings/${finding.id}`}
          taskId={access.task.id}
          verdicts={(['confirmed', 'released'] as const).map((value) => ({
            value,
            label: DECISIONS.finding.verdicts[value],
            reasons: FINDING_REASONS[value],
          }))}
          reasonHint="何を確かめてそう判断したかを書いてください。社内だけに残ります。"
          submit="この一致の判断を確定する"
        />
      ) : (
        <p class="hint">{access.why}</p>
      )}
    </section>
  );
}

function CustomerFacts({ detail }: { detail: ContractDetail }) {
  const { customer } = detail;
  return (
    <div>
      <h2>契約中のお客様</h2>
      <Facts
        facts={[
          { label: '会社名', value: customer.name },
          { label: 'フリガナ', value: customer.kana },
          { label: '法人番号', value: customer.corporateNumber },
          { label: '本店所在地', value: customer.address },
          { label: '電話番号', value: customer.phone },
        ]}
      />
    </div>
  );
}

function EntryFacts({ entry }: { entry: ListEntry }) {
  return (
    <div>
      <h2>
        {labelOf(LIST_LABELS, entry.list)} 第{entry.version}版（{entry.entryId}）
      </h2>
      <Facts
        facts={[
          { label: entry.kind === 'company' ? '名称' : '氏名', value: entry.name },
          { label: 'フリガナ', value: entry.kana },
          { label: '別名', value: entry.aliases === '' ? '' : <span class="lines">{entry.aliases}</span> },
          ...(entry.kind === 'company'
            ? [{ label: '法人番号', value: entry.corporateNumber }]
            : [{ label: '生年月日', value: entry.birthDate }]),
          { label: '住所', value: entry.address },
          { label: '電話番号', value: entry.phone },
        ]}
      />
    </div>
  );
}
