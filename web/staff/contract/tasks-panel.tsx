import type { DeletionStep } from '../../../domain/data/deletion.ts';
import type { OffBoardingStep } from '../../../domain/data/off-boarding.ts';
import { causeText } from '../../../domain/desk/causes.ts';
import { isAcknowledged } from '../../../domain/desk/tasks.ts';
import { TASKS } from '../../../domain/processes/index.ts';
import { dueText } from '../../format.ts';
import { STEP_LABELS as OFF_BOARDING_STEPS } from '../off-boarding/words.ts';
import { STEP_LABELS as DELETION_STEPS } from './deletion/words.ts';
import type { ContractPage } from './page.tsx';

/** Open tasks of the contract. What a delivery stopped at is mended first, then tried again from here. */
export function TasksPanel({ detail, frame, now, newId }: ContractPage) {
  const { staff, csrfToken } = frame.signedIn;
  const base = `/staff/contracts/${detail.contract.id}`;
  return (
    <>
      {detail.tasks.map((task) => {
        const mine = staff.roles.some((role) => role === task.role) && !task.excludedStaff.includes(staff.id);
        const action =
          task.kind === 'certificateProblem'
            ? { path: `${base}/retry`, label: 'もう一度発行する' }
            : isAcknowledged(task.kind)
              ? {
                  path: `${base}/tasks/${task.id}/done`,
                  label: task.kind === 'topUpAfterEnd' ? '返金の手続きをした' : 'お客様に確認した',
                }
              : null;
        return (
          <section class={mine ? 'panel panel-strong' : 'panel'}>
            <h3>
              {TASKS[task.kind].label} <span class="due">{dueText(task.dueAt, now).text}</span>
            </h3>
            {task.kind === 'renewsAlthoughCancelled' ? (
              <p>
                解約を受け付けましたが、今の期間のうちには終わらず、一度更新されてから終了します。お客様の意向を確認してください（第5条3項・第10条1項）。
              </p>
            ) : null}
            {task.kind === 'endToConfirm' ? (
              <p>
                解約希望日が月末日でなかったため、次の月末日を解約日としました。メールでもお尋ねしています。この日でよいか、お客様に確認してください（第10条1項）。
              </p>
            ) : null}
            <TaskReason base={base} task={task} />
            {mine && isOffBoarding(task) ? (
              <p>
                <a class="button button-primary" href={`${base}/off-boarding#work-${task.about}`}>
                  手続きを確認する
                </a>
              </p>
            ) : null}
            {mine && task.kind === 'mailProblem' ? (
              <p>
                <a class="button button-primary" href={`/staff/mail-problems/${task.id}`}>
                  再送または郵送で対応する
                </a>
              </p>
            ) : null}
            {mine && task.kind === 'contactChange' ? (
              <p>
                <a class="button button-primary" href={`${base}/contact`}>
                  変更を確認する
                </a>
              </p>
            ) : null}
            {mine && task.kind === 'customerChange' ? (
              <p>
                <a class="button button-primary" href={`${base}/customer`}>
                  変更を確認する
                </a>
              </p>
            ) : null}
            {task.kind === 'prepaidUncovered' ? (
              <p>
                プリペイドの残高で賄えない通信の利用があります。請求するか、請求しないかを月ごとに決めてください（第6条5項）。{' '}
                <a href={`${base}/prepaid#uncovered`}>利用と金額を見て決める</a>
              </p>
            ) : null}
            {task.kind === 'topUpAfterEnd' ? (
              <p>
                チャージの請求書が支払われましたが、プリペイドの残高は失効または返金により終了しているため、加算していません。入金の消込をやり直して前受金にし、支払者の画面から返金してください（第10条3項・第16条）。{' '}
                <a href={`${base}/prepaid`}>残高の履歴を見る</a>
              </p>
            ) : null}
            {mine && task.kind === 'campaignApproval' ? (
              <p>
                <a class="button button-primary" href={`${base}/campaigns`}>
                  キャンペーンの条件を確認する
                </a>
              </p>
            ) : null}
            {task.kind === 'rescreeningHit' && mine ? (
              <p>
                <a class="button button-primary" href={`/staff/contracts/${detail.contract.id}/findings`}>
                  一致を確認する
                </a>
              </p>
            ) : null}
            {mine && action !== null ? (
              <form method="post" action={action.path}>
                <input type="hidden" name="csrf" value={csrfToken} />
                <input type="hidden" name="commandId" value={newId()} />
                <input type="hidden" name="taskId" value={task.id} />
                <button class="button button-primary" type="submit">
                  {action.label}
                </button>
              </form>
            ) : null}
          </section>
        );
      })}
    </>
  );
}

type Task = ContractPage['detail']['tasks'][number];

/** Why the task was opened, and the step or request that it is about. */
function TaskReason({ base, task }: { base: string; task: Task }) {
  const cause = causeText(task);
  return (
    <>
      {cause === null ? null : <p>{cause}</p>}
      {isOffBoarding(task) ? <p>{OFF_BOARDING_STEPS[task.about].label}</p> : null}
      {task.kind === 'deletionProblem' && isDeletionStep(task.about) ? (
        <p>{DELETION_STEPS[task.about]}</p>
      ) : null}
      {task.kind === 'provisioning' ? (
        <p>
          <a href={`${base}/telephony#provisioning`}>電話番号の手配を見る</a>
        </p>
      ) : null}
      {task.kind === 'secondPerson' ||
      task.kind === 'renewsAlthoughCancelled' ||
      task.kind === 'endToConfirm' ? (
        <p>
          <a href={`${base}/requests/${task.about}`}>申込の内容を見る</a>
        </p>
      ) : null}
    </>
  );
}

function isOffBoarding(task: Task): task is Task & { about: OffBoardingStep } {
  return (
    (task.kind === 'offBoardingProblem' || task.kind === 'offBoardingWork') &&
    Object.hasOwn(OFF_BOARDING_STEPS, task.about)
  );
}

function isDeletionStep(about: string): about is DeletionStep {
  return Object.hasOwn(DELETION_STEPS, about);
}
