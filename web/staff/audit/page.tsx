import type { AuditRow } from '../../../db/queries/read/timeline.ts';
import { PROCESSES } from '../../../domain/processes/index.ts';
import type { ProcessDeclaration } from '../../../domain/processes/types.ts';
import { staffPage } from '../../components/layout.tsx';
import { addressOf } from '../../components/paging.tsx';
import { Table } from '../../components/table.tsx';
import { actionText } from '../../components/timeline.tsx';
import { instantText } from '../../format.ts';
import { actorName, labelOf } from '../../glossary.ts';
import { REASON_LABELS } from '../../reasons.ts';
import type { frame } from '../console.ts';
import { changesOf, pathOf } from './words.ts';

/** What is asked for, as it was typed. */
export interface AuditQuery extends Record<string, string> {
  actor: string;
  kind: string;
  subject: string;
  from: string;
  through: string;
}

interface AuditPage {
  frame: ReturnType<typeof frame>;
  rows: readonly AuditRow[];
  /** Where the next page begins; null on the last. */
  next: number | null;
  names: ReadonlyMap<string, string>;
  query: AuditQuery;
  problem: string | null;
}

const KINDS = Object.entries<ProcessDeclaration>(PROCESSES).filter(([, { audit }]) => audit !== undefined);

/** Entries of the audit log, newest first. */
export function auditPage(page: AuditPage) {
  const { rows, next, names, query } = page;
  return staffPage({
    ...page.frame,
    title: '操作の記録',
    hasErrors: page.problem !== null,
    children: (
      <>
        <div class="page-head">
          <h1>操作の記録</h1>
          <a class="button button-small button-secondary" href={addressOf('/staff/audit/entries.csv', query)}>
            CSVで保存する
          </a>
        </div>
        <p class="lead">
          だれが、いつ、何をしたか。書き換えも削除もできません。保存したことも記録されます。お客様のデータの閲覧は、各契約の画面の「閲覧の記録」にあります。
        </p>
        <Filter {...page} />
        <Table
          caption="操作の記録"
          rows={rows}
          empty="条件に合う記録はありません。期間を広げるか、条件を減らしてください。"
          columns={[
            { head: '日時', cell: ({ at }) => instantText(at) },
            { head: '担当者', cell: ({ actor }) => actorName(actor, names) },
            {
              head: '操作',
              cell: (row) => (
                <>
                  {actionText(row)}
                  {row.clause === '' ? null : <span class="clause">{row.clause}</span>}
                </>
              ),
            },
            { head: '対象', cell: (row) => <Subject row={row} /> },
            { head: '変更前 → 変更後', cell: (row) => <Changes row={row} /> },
            {
              head: '理由',
              cell: ({ reasonCode }) => (reasonCode === '' ? '―' : labelOf(REASON_LABELS, reasonCode)),
            },
          ]}
        />
        {next === null ? null : (
          <nav class="paging" aria-label="ページ送り">
            <a
              class="button button-small button-secondary"
              href={addressOf('/staff/audit', { ...query, before: String(next) })}
              rel="next"
            >
              前の記録へ
            </a>
          </nav>
        )}
      </>
    ),
  });
}

function Subject({ row }: { row: AuditRow }) {
  const path = pathOf(row);
  return path === null ? <small>{row.subjectId}</small> : <a href={path}>開く</a>;
}

function Changes({ row }: { row: AuditRow }) {
  const changes = changesOf(row);
  if (changes.length === 0) return '―';
  return (
    <>
      {changes.map(({ name, before, after }) => (
        <span class="under">
          {name}：{before === '' ? after : `${before} → ${after === '' ? '（なし）' : after}`}
        </span>
      ))}
    </>
  );
}

function Filter({ names, query, problem }: AuditPage) {
  const day = (name: 'from' | 'through', label: string) => (
    <div>
      <label for={name}>{label}</label>
      <input class="input input-short" id={name} name={name} type="date" value={query[name]} />
    </div>
  );
  return (
    <search>
      {problem === null ? null : (
        <p class="message" role="alert">
          {problem}
        </p>
      )}
      <form class="search" method="get" action="/staff/audit">
        <div>
          <label for="actor">担当者</label>
          <select class="input" id="actor" name="actor">
            <option value="">すべて</option>
            {[...names].map(([id, name]) => (
              <option value={id} selected={id === query.actor}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div>
          <label for="kind">種類</label>
          <select class="input" id="kind" name="kind">
            <option value="">すべて</option>
            {KINDS.map(([kind, { noun }]) => (
              <option value={kind} selected={kind === query.kind}>
                {noun}
              </option>
            ))}
          </select>
        </div>
        {day('from', 'この日から')}
        {day('through', 'この日まで')}
        {query.subject === '' ? null : <input type="hidden" name="subject" value={query.subject} />}
        <button class="button button-secondary" type="submit">
          表示する
        </button>
      </form>
    </search>
  );
}
