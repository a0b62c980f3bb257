import type { QueueRow } from '../../../db/queries/read/task-queue.ts';
import { INVOLVEMENTS } from '../../../domain/desk/decide.ts';
import type { QueueShown } from '../../../domain/desk/preferences.ts';
import { ROLE_LABELS } from '../../../domain/desk/roles.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import { STATUS, TASKS } from '../../../domain/processes/index.ts';
import { SandboxMark } from '../../components/badge.tsx';
import { addressOf } from '../../components/paging.tsx';
import { Table } from '../../components/table.tsx';
import { dueText, nearInstantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { queueQuery } from './query.ts';
import type { QueuePage } from './queue-page.tsx';

/** Each row says who it is about, what it asks for, what was found, until when, and who waits for whom. */
export function QueueTable({ rows, shown, names, now, frame }: QueuePage) {
  const { staff, csrfToken } = frame.signedIn;
  return (
    <Table
      caption="担当タスクの一覧"
      rows={rows}
      empty={EMPTY[shown.view]}
      columns={[
        { head: '対象・種類', cell: (row) => <Subject row={row} /> },
        { head: '確認結果', cell: (row) => <Found row={row} /> },
        {
          head: '期限',
          cell: (row) => <DueTime row={row} now={now} />,
          sort: sortLink(shown, undefined, 'dueLast'),
        },
        {
          head: '発生',
          cell: (row) => nearInstantText(row.createdAt),
          sort: sortLink(shown, 'oldest', 'newest'),
        },
        { head: '待っている人 → 担当', cell: (row) => <Waiting row={row} names={names} /> },
        { head: '操作', cell: (row) => <Claim row={row} me={staff.id} csrf={csrfToken} /> },
      ]}
    />
  );
}

const EMPTY: Readonly<Record<QueueShown['view'], string>> = {
  all: 'いま判断を待っているものはありません。新しいタスクができると、ここに表示されます。',
  mine: '担当しているタスクはありません。「次の案件を担当する」を押すと、いちばん古い未割当のタスクを引き受けます。',
  today: '本日までのタスクはありません。「すべて」で明日以降のものを見られます。',
  free: '未割当のタスクはありません。「すべて」で同僚が担当しているものを見られます。',
};

/** Pressed once more, the order turns round. */
function sortLink(shown: QueueShown, up: QueueShown['sort'], down: QueueShown['sort']) {
  const now = shown.sort === up ? 'ascending' : shown.sort === down ? 'descending' : null;
  const { sort: _, ...others } = shown;
  const next = now === 'ascending' ? down : up;
  const query = queueQuery(next === undefined ? others : { ...others, sort: next });
  return { href: addressOf('/staff', query), now } as const;
}

function Subject({ row }: { row: QueueRow }) {
  const { label } = TASKS[row.kind];
  const nameless = row.subjectType === 'application' ? '（会社名の記入なし）' : label;
  return (
    <>
      <a class="row-link" href={subjectPath(row)}>
        {row.companyName || nameless}
      </a>
      {row.sandbox ? <SandboxMark /> : null}
      <small class="under">
        {label}
        {row.receiptNumber === null ? '' : `・${row.receiptNumber}`}
      </small>
    </>
  );
}

/** Matches on which nobody has decided yet, in the words of the application's page. */
function Found({ row: { hits, doubts } }: { row: QueueRow }) {
  const found = [
    { outcome: STATUS.findingOutcome.hit, count: hits },
    { outcome: STATUS.findingOutcome.review, count: doubts },
  ].filter(({ count }) => count > 0);
  if (found.length === 0) return <span class="quiet">―</span>;
  return found.map(({ outcome: { label, tone }, count }) => (
    <span class={`badge badge-${tone}`}>
      {label} {count}件
    </span>
  ));
}

function DueTime({ row, now }: { row: QueueRow; now: Date }) {
  const due = dueText(row.dueAt, now);
  return (
    <>
      <span class={due.overdue ? 'due due-over' : due.soon ? 'due due-soon' : 'due'}>{due.text}</span>
      {row.escalatedAt === null ? null : <span class="badge badge-bad">上位者へ連絡済</span>}
      <small class="under">{nearInstantText(row.dueAt)} まで</small>
    </>
  );
}

/** Who did the last step, and whose turn it is now. */
function Waiting({ row, names }: { row: QueueRow; names: ReadonlyMap<string, string> }) {
  const last = row.involved.at(-1);
  const before =
    last !== undefined
      ? `${actorName(last.staffId, names)}（${INVOLVEMENTS[last.as]}）`
      : row.subjectType === 'application'
        ? '申込者'
        : 'システム';
  return (
    <>
      {before} → <b>{row.claimedBy === null ? ROLE_LABELS[row.role] : actorName(row.claimedBy, names)}</b>
      {row.claimedBy === null ? <small class="under">未割当</small> : null}
    </>
  );
}

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
