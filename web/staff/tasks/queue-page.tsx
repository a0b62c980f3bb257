import type { QueueCounts, QueueRow } from '../../../db/queries/read/task-queue.ts';
import type { QueueShown, QueueView } from '../../../domain/desk/preferences.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import { NextCase, staffPage } from '../../components/layout.tsx';
import { Menu } from '../../components/menu.tsx';
import { addressOf, Paging } from '../../components/paging.tsx';
import { Pills } from '../../components/pills.tsx';
import type { frame } from '../console.ts';
import { PAGE_SIZE } from '../console.ts';
import type { Health } from './health.ts';
import { HealthStrip } from './health-strip.tsx';
import { queueQuery } from './query.ts';
import { QueueTable } from './queue-table.tsx';

export interface QueuePage {
  frame: ReturnType<typeof frame>;
  rows: readonly QueueRow[];
  counts: QueueCounts;
  shown: QueueShown;
  page: number;
  names: ReadonlyMap<string, string>;
  now: Date;
  /** For those who keep the system going; null for the others. */
  health: Health | null;
  /** What just happened, said once. */
  flash: string | null;
}

const VIEWS: readonly (readonly [QueueView, string])[] = [
  ['all', 'すべて'],
  ['mine', '自分の担当'],
  ['today', '本日期限'],
  ['free', '未割当'],
];

/** The queue: what I may decide and nothing else, what is due first on top. */
export function queuePage(props: QueuePage) {
  const { counts, shown, page, flash } = props;
  const { all } = counts.views;
  const filtered = counts.kinds.reduce(
    (sum, { kind, count }) => sum + (shown.kind === undefined || shown.kind === kind ? count : 0),
    0,
  );
  const query = queueQuery(shown);
  return staffPage({
    ...props.frame,
    title: `担当タスク（${all}件）`,
    children: (
      <>
        {flash === null ? null : (
          <p class="flash" role="status">
            {flash}
          </p>
        )}
        <div
          id="queue"
          data-refresh={addressOf('/staff', { ...query, page: page === 1 ? null : String(page) })}
        >
          <div class="page-head queue-head">
            <h1>
              担当タスク <span class="count">{all}件</span>
            </h1>
            <nav class="filters" aria-label="絞り込み">
              <Pills
                links={VIEWS.map(([view, label]) => ({
                  href: addressOf('/staff', queueQuery({ ...shown, view })),
                  label: `${label} ${counts.views[view]}`,
                  current: view === shown.view,
                }))}
              />
              <KindMenu shown={shown} counts={counts} />
            </nav>
            <NextCase signedIn={props.frame.signedIn} />
          </div>
          <QueueTable {...props} />
          <Paging path="/staff" query={query} page={page} pageSize={PAGE_SIZE} count={filtered} />
          {props.health === null ? null : <HealthStrip {...props.health} />}
        </div>
      </>
    ),
  });
}

/** The kinds that have work in this view; nothing to choose where there is one. */
function KindMenu({ shown, counts }: { shown: QueueShown; counts: QueueCounts }) {
  const { kinds } = counts;
  if (kinds.length < 2 && shown.kind === undefined) return null;
  const { kind: _, ...ofAllKinds } = shown;
  const link = (label: string, to: QueueShown) => (
    <a href={addressOf('/staff', queueQuery(to))} aria-current={to.kind === shown.kind ? 'true' : undefined}>
      {label}
    </a>
  );
  return (
    <Menu label={shown.kind === undefined ? '種類：すべて' : `種類：${TASKS[shown.kind].label}`}>
      {link('すべての種類', ofAllKinds)}
      {kinds.map(({ kind, count }) => link(`${TASKS[kind].label} ${count}件`, { ...shown, kind }))}
    </Menu>
  );
}
