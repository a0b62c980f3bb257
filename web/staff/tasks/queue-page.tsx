import type { QueueFilter, QueueRow } from '../../../db/queries/read/task-queue.ts';
import { keysOf } from '../../../domain/base/keys.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import { SandboxMark } from '../../components/badge.tsx';
import { staffPage } from '../../components/layout.tsx';
import { addressOf, Paging } from '../../components/paging.tsx';
import { Pills } from '../../components/pills.tsx';
import { Table } from '../../components/table.tsx';
import { dueText, instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import { PAGE_SIZE } from '../console.ts';

export interface QueuePage {
  frame: ReturnType<typeof frame>;
  rows: readonly QueueRow[];
  filtered: number;
  all: number;
  filter: QueueFilter;
  page: number;
  names: ReadonlyMap<string, string>;
  now: Date;
  /** What just happened, said once. */
  flash: string | null;
}

const VIEWS = [
  [undefined, 'すべて'],
  ['mine', '自分の担当'],
  ['free', '未割当'],
  ['overdue', '期限超過'],
] as const;

function Claim({ row, me, csrf }: { row: QueueRow; me: string; csrf: string }) {
  const mine = row.claimedBy === me;
  if (row.claimedBy !== null && !mine) return null;
  return (
    <form method="post" action={`/staff/tasks/${row.id}/${mine ? 'release' : 'claim'}`}>
      <input type="hidden" name="csrf" value={csrf} />
      <button class="button button-small button-secondary" type="submit">
        {mine ? '担当を外す' : '担当する'}
      </button>
    </form>
  );
}

function DueTime({ row, now }: { row: QueueRow; now: Date }) {
  const due = dueText(row.dueAt, now);
  return (
    <>
      <span class={due.overdue ? 'due due-over' : due.soon ? 'due due-soon' : 'due'}>{due.text}</span>
      {row.escalatedAt === null ? null : <span class="badge badge-bad">上位者へ連絡済</span>}
      <small class="under">{instantText(row.dueAt)} まで</small>
    </>
  );
}

/** The queue: what I may decide and nothing else, oldest first. */
export function queuePage(props: QueuePage) {
  const { rows, filtered, all, filter, page, names, now, flash } = props;
  const { staff, csrfToken } = props.frame.signedIn;
  const query = { view: filter.view ?? null, kind: filter.kind ?? null };
  const kinds = keysOf(TASKS).filter((kind) => staff.roles.includes(TASKS[kind].role));
  return staffPage({
    ...props.frame,
    title: `担当タスク（${all}件）`,
    children: (
      <>
        <div class="page-head">
          <h1>
            担当タスク <span class="count">{all}件</span>
          </h1>
          <form method="post" action="/staff/tasks/next">
            <input type="hidden" name="csrf" value={csrfToken} />
            <button class="button button-primary" type="submit">
              次の案件を担当する
            </button>
          </form>
        </div>
        {flash === null ? null : (
          <p class="flash" role="status">
            {flash}
          </p>
        )}
        <nav class="filters" aria-label="絞り込み">
          <Pills
            links={VIEWS.map(([view, label]) => ({
              href: addressOf('/staff', { ...query, view: view ?? null }),
              label,
              current: view === filter.view,
            }))}
          />
          {kinds.length < 2 ? null : (
            <Pills
              links={[
                {
                  href: addressOf('/staff', { ...query, kind: null }),
                  label: '全種類',
                  current: filter.kind === undefined,
                },
                ...kinds.map((kind) => ({
                  href: addressOf('/staff', { ...query, kind }),
                  label: TASKS[kind].label,
                  current: kind === filter.kind,
                })),
              ]}
            />
          )}
        </nav>
        <div
          id="queue"
          hx-get={addressOf('/staff', { ...query, page: page === 1 ? null : String(page) })}
          hx-trigger="every 30s"
          hx-select="#queue"
          hx-swap="outerHTML"
        >
          <Table
            caption="担当タスクの一覧"
            rows={rows}
            empty="該当するタスクはありません。"
            columns={[
              {
                head: '種類・対象',
                cell: (row) => (
                  <>
                    <a class="row-link" href={subjectPath(row)}>
                      {row.companyName ||
                        (row.subjectType === 'application' ? '（会社名の記入なし）' : TASKS[row.kind].label)}
                    </a>
                    {row.sandbox ? <SandboxMark /> : null}
                    <small class="under">
                      {TASKS[row.kind].label}
                      {row.receiptNumber === null ? '' : `・${row.receiptNumber}`}
                    </small>
                  </>
                ),
              },
              { head: '発生', cell: (row) => instantText(row.createdAt) },
              { head: '期限', cell: (row) => <DueTime row={row} now={now} /> },
              {
                head: '担当者',
                cell: (row) => (row.claimedBy === null ? '未割当' : actorName(row.claimedBy, names)),
              },
              { head: '操作', cell: (row) => <Claim row={row} me={staff.id} csrf={csrfToken} /> },
            ]}
          />
          <Paging path="/staff" query={query} page={page} pageSize={PAGE_SIZE} count={filtered} />
        </div>
      </>
    ),
  });
}
