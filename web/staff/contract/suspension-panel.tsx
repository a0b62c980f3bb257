import type { SuspensionRow } from '../../../db/queries/suspension/find.ts';
import { suspendedAt } from '../../../domain/suspension/suspension.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { groundText, PATH, timesText } from '../suspensions/words.ts';
import type { ContractPage } from './page.tsx';

/** Since when the service is stopped for the contract: suspensions nest, the first of them counts (第15条). Null when it runs. */
function suspendedSince(suspensions: readonly SuspensionRow[]): Date | null {
  const begun = suspensions.flatMap(({ startedAt, liftedAt }) =>
    startedAt === null ? [] : [{ startMs: startedAt.getTime(), endMs: liftedAt?.getTime() ?? null }],
  );
  // One that is not lifted has no end: whatever is asked about later than its beginning falls in it.
  const open = begun.filter(({ endMs }) => endMs === null);
  const latest = Math.max(...open.map(({ startMs }) => startMs));
  const stretch = open.length === 0 ? null : suspendedAt(begun, latest);
  return stretch === null ? null : new Date(stretch.startMs);
}

/** 停止中, with the clauses and since when; nothing while the service runs. */
export function SuspensionBadge({ suspensions }: { suspensions: readonly SuspensionRow[] }) {
  const since = suspendedSince(suspensions);
  if (since === null) return null;
  const grounds = suspensions
    .filter(({ status }) => status === 'active')
    .map(({ ground }) => groundText(ground));
  return (
    <>
      <StatusBadge kind="suspension" value="active" />
      <small class="suspended">
        {[...new Set(grounds)].join('、')}（{instantText(since)}から）
      </small>
    </>
  );
}

/** Suspensions that reach the contract. */
export function SuspensionPanel({ suspensions }: ContractPage) {
  if (suspensions.length === 0) return null;
  return (
    <section class="panel">
      <h3>停止・再開</h3>
      <Table
        caption="停止・再開"
        rows={suspensions.toReversed()}
        empty=""
        columns={[
          { head: '状態', cell: ({ status }) => <StatusBadge kind="suspension" value={status} /> },
          { head: '根拠', cell: ({ id, ground }) => <a href={`${PATH}/${id}`}>{groundText(ground)}</a> },
          { head: '期間', cell: timesText },
        ]}
      />
      <p class="hint">停止の間も利用契約と利用料金は続き、返金はありません（第15条）。</p>
    </section>
  );
}
