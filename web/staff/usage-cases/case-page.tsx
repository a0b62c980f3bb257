import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import type { SuspensionRow } from '../../../db/queries/suspension/find.ts';
import type { relatedContracts } from '../../../db/queries/watch/group.ts';
import type { WatchCaseRow, WatchFindingRow } from '../../../db/queries/watch/read.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { formatDateJa } from '../../../domain/calendar/civil-date.ts';
import type { Evidence } from '../../../domain/watch/findings.ts';
import { WATCH_OUTCOMES } from '../../../domain/watch/outcomes.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary, errorFor, type FieldError } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { ChoiceField, TextAreaField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { clauseText, PATH, RULE_LABELS } from './words.ts';

export interface WatchCasePage {
  frame: ReturnType<typeof frame>;
  row: WatchCaseRow;
  findings: readonly WatchFindingRow[];
  customerName: string;
  related: Awaited<ReturnType<typeof relatedContracts>>;
  suspensions: readonly SuspensionRow[];
  timeline: readonly AuditRow[];
  names: ReadonlyMap<string, string>;
  /** Whether the person may judge it. */
  mayJudge: boolean;
  draft: { values: Readonly<Record<string, string>>; errors: readonly FieldError[] } | null;
  newId: () => string;
}

/** A case of the watchers: what was found, what belongs to it, and what a person makes of it. */
export function watchCasePage(page: WatchCasePage) {
  const { row, customerName, draft, timeline, names } = page;
  return staffPage({
    ...page.frame,
    title: `利用の検知：${customerName}`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={PATH}>利用の検知</a> / <a href={`/staff/contracts/${row.contractId}`}>{customerName}</a>
        </p>
        <h1>{clauseText(row.clause)}</h1>
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        <section class="panel">
          <h2>案件</h2>
          <Facts
            facts={[
              { label: '状態', value: <StatusBadge kind="watchCase" value={row.status} /> },
              { label: '最初の検知', value: instantText(row.openedAt) },
              {
                label: '判断',
                value:
                  row.outcome === null || row.closedAt === null
                    ? 'まだ判断していません。'
                    : `${WATCH_OUTCOMES[row.outcome]}（${instantText(row.closedAt)}、${actorName(row.closedBy ?? '', names)}）`,
              },
              ...(row.reason === '' ? [] : [{ label: '理由', value: row.reason }]),
            ]}
          />
        </section>
        <Findings page={page} />
        <Related page={page} />
        {row.status === 'open' ? <Judgement page={page} /> : null}
        <section class="panel">
          <h2>経過</h2>
          <Timeline rows={timeline} names={names} />
        </section>
      </>
    ),
  });
}

function Findings({ page: { findings, row } }: { page: WatchCasePage }) {
  return (
    <section class="panel">
      <h2>検知の内容</h2>
      <p class="hint">
        後から届いた記録によって、件数が変わったり、検知が取り消されたりすることがあります。番号は伏せ字で保存しています。
      </p>
      <Table
        caption="検知の内容"
        rows={findings}
        empty="検知はありません。"
        columns={[
          {
            head: '数えたもの',
            cell: ({ rule, withdrawnAt }) => (
              <>
                {RULE_LABELS[rule]}
                {withdrawnAt === null ? null : (
                  <small class="under">{instantText(withdrawnAt)} 取り消されました</small>
                )}
              </>
            ),
          },
          { head: '最大の件数', numeric: true, cell: ({ count }) => count.toLocaleString('ja-JP') },
          { head: '検知した回数', numeric: true, cell: ({ matches }) => matches.toLocaleString('ja-JP') },
          {
            head: '期間',
            cell: ({ foundFrom, foundTo }) => `${instantText(foundFrom)}〜${instantText(foundTo)}`,
          },
          {
            head: '例（3件まで）',
            cell: ({ evidence }) => (
              <ul class="plain">
                {evidence.map((each) => (
                  <li>{evidenceText(each)}</li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      <p>
        <a href={`/staff/contracts/${row.contractId}/telephony/events`}>この契約の通話・SMSの記録を見る</a>
      </p>
    </section>
  );
}

function evidenceText({ at, number }: Evidence): string {
  const when = instantText(new Date(at));
  return number === undefined || number === '' ? when : `${when} ${number}`;
}

function Related({ page: { related, suspensions } }: { page: WatchCasePage }) {
  return (
    <section class="panel">
      <h2>関係する契約と停止</h2>
      <Table
        caption="同じ法人のほかの契約"
        rows={related}
        empty="同じ法人のほかの契約はありません。"
        columns={[
          {
            head: '同じ法人の契約',
            cell: ({ id, firstDay }) => (
              <a class="row-link" href={`/staff/contracts/${id}`}>
                {formatDateJa(firstDay)}からの契約
              </a>
            ),
          },
          { head: '状態', cell: ({ status }) => <StatusBadge kind="contract" value={status} /> },
        ]}
      />
      <Table
        caption="この契約の停止"
        rows={suspensions}
        empty="この契約の停止はありません。"
        columns={[
          {
            head: '停止',
            cell: ({ id, ground }) => (
              <a class="row-link" href={`/staff/suspensions/${id}`}>
                {clauseText(ground)}
              </a>
            ),
          },
          { head: '状態', cell: ({ status }) => <StatusBadge kind="suspension" value={status} /> },
        ]}
      />
    </section>
  );
}

function Judgement({ page }: { page: WatchCasePage }) {
  const { row, draft, newId, mayJudge } = page;
  if (!mayJudge) return <p class="hint">判断は法務担当が行います。</p>;
  const stop = `/staff/suspensions/new?contractId=${row.contractId}&ground=${row.clause}`;
  return (
    <section class="panel">
      <h2>判断</h2>
      <p>
        停止するときは、先に<a href={stop}>停止を入力</a>
        してください（二人目の承認が必要です）。この後に起きた利用は、新しい案件になります。
      </p>
      <form method="post" action={`${PATH}/${row.id}/close`} novalidate>
        <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={draft?.values.commandId ?? newId()} />
        <ChoiceField
          name="outcome"
          label="判断"
          required
          value={draft?.values.outcome ?? ''}
          error={errorFor(draft?.errors ?? [], 'outcome')}
          choices={keysOf(WATCH_OUTCOMES).map((value) => ({ value, label: WATCH_OUTCOMES[value] }))}
        />
        <TextAreaField {...typedFields(draft)('reason')} label="理由" required rows={3} />
        <button class="button button-primary" type="submit">
          案件を閉じる
        </button>
      </form>
    </section>
  );
}
