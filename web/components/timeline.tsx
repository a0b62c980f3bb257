import type { AuditRow } from '../../db/queries/read/timeline.ts';
import { AUDIT } from '../../domain/processes/index.ts';
import type { AuditTerm } from '../../domain/processes/types.ts';
import { instantText } from '../format.ts';
import { actorName } from '../glossary.ts';

const TERMS: Readonly<Record<string, AuditTerm>> = AUDIT;

/** What an entry of the audit log says. One of an earlier release may have no words any more: its code shows nowhere. */
export function actionText({ action }: Pick<AuditRow, 'action'>): string {
  return TERMS[action]?.label ?? '以前の版のシステムの記録';
}

/** What happened, newest first: absolute Japanese time, who, and the clause. */
export function Timeline({ rows, names }: { rows: readonly AuditRow[]; names: ReadonlyMap<string, string> }) {
  if (rows.length === 0) return <p class="empty">記録はまだありません。</p>;
  return (
    <ol class="timeline">
      {[...rows].reverse().map((row) => (
        <li>
          <time datetime={row.at.toISOString()}>{instantText(row.businessAt ?? row.at)}</time>
          <p>
            {actionText(row)}
            {row.clause === '' ? null : <span class="clause">{row.clause}</span>}
          </p>
          <small>{actorName(row.actor, names)}</small>
        </li>
      ))}
    </ol>
  );
}
