import type { Child } from 'hono/jsx';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import { decidedByTwo, STEERED_IN, type SuspensionStatus } from '../../../domain/suspension/suspension.ts';
import { TextAreaField, TextField, typedFields } from '../../components/field.tsx';
import { timeFieldText } from '../../format.ts';
import { hasRole, MAY } from '../rights.ts';
import type { SuspensionPage } from './record-page.tsx';
import { PATH } from './words.ts';

/** 'YYYY-MM-DDTHH:MM' in Japanese time, as a field takes it. */
const fieldMoment = (at: Date | null) => (at === null ? '' : `${jstDate(at.getTime())}T${timeFieldText(at)}`);

/** What can be done with a suspension now: lift it, move it, call it off. What two people decided takes two again. */
export function SuspensionActions({ page }: { page: SuspensionPage }) {
  const { row, frame, waiting } = page;
  if (!hasRole(frame.signedIn.staff, MAY.enterSuspension)) return null;
  if (waiting !== null) {
    return (
      <p class="notice">
        この停止について、<a href={`/staff/proposals/${waiting.id}`}>二人目の確認を待っている操作</a>
        があります。
      </p>
    );
  }
  const may = (action: keyof typeof STEERED_IN) => {
    const states: readonly SuspensionStatus[] = STEERED_IN[action];
    return states.includes(row.status);
  };
  return (
    <>
      {may('lift') ? <Lift page={page} /> : null}
      {may('times') ? <Times page={page} /> : null}
      {may('cancel') ? (
        <details class="panel" open={page.draft?.form === 'cancel'}>
          <summary>停止を取りやめる</summary>
          <Action page={page} action="cancel">
            <Submit page={page} label="停止を取りやめる" />
          </Action>
        </details>
      ) : null}
    </>
  );
}

/** One form of the page, with the reason for whoever has to agree where two people decided. */
function Action(props: {
  page: SuspensionPage;
  action: 'times' | 'cancel' | 'lift';
  hidden?: Readonly<Record<string, string>>;
  before?: Child;
  children: Child;
}) {
  const { page, action, hidden = {}, before, children } = props;
  const { row, draft, frame, newId } = page;
  const mine = draft?.form === action ? draft : null;
  const carried = { csrf: frame.signedIn.csrfToken, commandId: mine?.values.commandId ?? newId(), ...hidden };
  return (
    <form method="post" action={`${PATH}/${row.id}/${action}`} novalidate>
      {Object.entries(carried).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {before}
      {decidedByTwo(row) ? (
        <TextAreaField
          {...typedFields(mine, action)('reason')}
          label="理由"
          required
          rows={2}
          hint="この停止は二人で決めたため、承認者が確認すると行われます。"
        />
      ) : null}
      {children}
    </form>
  );
}

function Submit({ page, label }: { page: SuspensionPage; label: string }) {
  return (
    <button class="button button-primary" type="submit">
      {decidedByTwo(page.row) ? `${label}（二人目に確認を依頼）` : label}
    </button>
  );
}

function Lift({ page }: { page: SuspensionPage }) {
  return (
    <section class="panel panel-strong">
      <h2>再開</h2>
      <p>この停止を解除します。ほかの停止が残っている契約は、すべて解除されるまで再開しません。</p>
      <Action page={page} action="lift">
        <p class="actions">
          <Submit page={page} label="再開する" />
          {decidedByTwo(page.row) ? (
            <button class="button button-danger" type="submit" name="how" value="now">
              緊急のため、すぐに再開する（事後に確認）
            </button>
          ) : null}
        </p>
      </Action>
    </section>
  );
}

function Times({ page }: { page: SuspensionPage }) {
  const { row, draft } = page;
  const mine = draft?.form === 'times' ? draft : null;
  const typed = {
    values: { startsAt: fieldMoment(row.startsAt), endsAt: fieldMoment(row.endsAt), ...mine?.values },
    errors: mine?.errors ?? [],
  };
  const field = typedFields(typed);
  const planned = row.status === 'planned';
  const start = (
    <TextField {...field('startsAt')} label="開始の日時" required type="datetime-local" width="medium" />
  );
  return (
    <details class="panel" open={typed.errors.length > 0}>
      <summary>日時を変える</summary>
      <Action
        page={page}
        action="times"
        hidden={{ timing: planned ? 'planned' : 'now' }}
        before={
          <>
            {planned ? start : null}
            <TextField
              {...field('endsAt')}
              label="終了の日時"
              required={false}
              type="datetime-local"
              width="medium"
              hint="空欄のときは、再開の操作をするまで停止が続きます。"
            />
          </>
        }
      >
        <Submit page={page} label="日時を変える" />
      </Action>
    </details>
  );
}
