import { dueText } from '../../format.ts';
import { TASK_LABELS } from '../../glossary.ts';
import type { ContractPage } from './page.tsx';

/** Open tasks of the contract. What a delivery stopped at is mended first, then tried again from here. */
export function TasksPanel({ detail, frame, now, newId }: ContractPage) {
  const { staff, csrfToken } = frame.signedIn;
  return (
    <>
      {detail.tasks.map((task) => {
        const mine = staff.roles.some((role) => role === task.role) && !task.excludedStaff.includes(staff.id);
        const retry = task.kind === 'certificateProblem' || task.kind === 'mailProblem';
        return (
          <section class={mine ? 'panel panel-strong' : 'panel'}>
            <h3>
              {TASK_LABELS[task.kind]} <span class="due">{dueText(task.dueAt, now).text}</span>
            </h3>
            {task.note === '' ? null : <p class="lines">{task.note}</p>}
            {task.kind === 'rescreeningHit' && mine ? (
              <p>
                <a class="button button-primary" href={`/staff/contracts/${detail.contract.id}/findings`}>
                  一致を確認する
                </a>
              </p>
            ) : null}
            {mine && retry ? (
              <form method="post" action={`/staff/contracts/${detail.contract.id}/retry`}>
                <input type="hidden" name="csrf" value={csrfToken} />
                <input type="hidden" name="commandId" value={newId()} />
                <input type="hidden" name="taskId" value={task.id} />
                <button class="button button-primary" type="submit">
                  もう一度発行・送信する
                </button>
              </form>
            ) : null}
          </section>
        );
      })}
    </>
  );
}
