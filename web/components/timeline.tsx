import type { AuditRow } from '../../db/queries/read/timeline.ts';
import { ACTION_LABELS } from '../audit-labels.ts';
import { instantText } from '../format.ts';
import { actorName, labelOf } from '../glossary.ts';

/** What happened, newest first: absolute Japanese time, who, and the clause. */
export function Timeline({ rows, names }: { rows: readonly AuditRow[]; names: ReadonlyMap<string, string> }) {
  if (rows.length === 0) return <p class="empty">記録はまだありません。</p>;
  return (
    <ol class="timeline">
      {[...rows].reverse().map((row) => (
        <li>
          <time datetime={row.at.toISOString()}>{instantText(row.businessAt ?? row.at)}</time>
          <p>
            {labelOf(ACTION_LABELS, row.action)}
            {row.clause === '' ? null : <span class="clause">{row.clause}</span>}
          </p>
          <small>{actorName(row.actor, names)}</small>
        </li>
      ))}
    </ol>
  );
}
