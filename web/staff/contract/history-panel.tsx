import { keysOf } from '../../../domain/base/keys.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { PROCESSES } from '../../../domain/processes/index.ts';
import type { ProcessDeclaration } from '../../../domain/processes/types.ts';
import { addressOf } from '../../components/paging.tsx';
import { Pills } from '../../components/pills.tsx';
import { Timeline } from '../../components/timeline.tsx';
import { dateText } from '../../format.ts';
import { comingOf } from './coming.ts';
import type { ContractPage } from './page.tsx';

const KINDS = Object.entries<ProcessDeclaration>(PROCESSES);

/** Which process an entry of the audit log belongs to; '' for one of an earlier release. */
const kindOf = (action: string): string =>
  KINDS.find(([, { audit = {} }]) => Object.hasOwn(audit, action))?.[0] ?? '';

export const HISTORY_KINDS = keysOf(PROCESSES);

/** One line of time from the application to the deletion, with what lies ahead; one kind of entries alone when asked. */
export function HistoryPanel({ detail, view, names, historyKind }: ContractPage) {
  const { timeline, contract } = detail;
  const rows = timeline.filter(({ action }) => historyKind === null || kindOf(action) === historyKind);
  const counts = new Map<string, number>();
  for (const { action } of timeline) counts.set(kindOf(action), (counts.get(kindOf(action)) ?? 0) + 1);
  const base = `/staff/contracts/${contract.id}`;
  const coming = isLive(contract.status) && historyKind === null ? comingOf(view) : [];
  return (
    <section class="panel" id="timeline">
      <h3>経過と予定</h3>
      <Pills
        links={[
          { href: `${base}#timeline`, label: `すべて ${timeline.length}`, current: historyKind === null },
          ...KINDS.flatMap(([kind, { noun }]) => {
            const count = counts.get(kind);
            const href = `${addressOf(base, { history: kind })}#timeline`;
            return count === undefined
              ? []
              : [{ href, label: `${noun} ${count}`, current: kind === historyKind }];
          }),
        ]}
      />
      {coming.length === 0 ? null : (
        <ol class="timeline timeline-coming" aria-label="これから">
          {coming.toReversed().map(({ on, what, clause }) => (
            <li>
              <time datetime={on}>{dateText(on)}</time>
              <p>
                {what}
                <span class="clause">{clause}</span>
              </p>
              <small>予定</small>
            </li>
          ))}
        </ol>
      )}
      <Timeline rows={rows} names={names} />
    </section>
  );
}
