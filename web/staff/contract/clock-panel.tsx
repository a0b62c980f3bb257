import { formatDateJa, formatInstantJa, jstDate } from '../../../domain/calendar/civil-date.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { TextField } from '../../components/field.tsx';
import { hasRole, MAY } from '../rights.ts';
import type { ContractPage } from './page.tsx';

/** A clock that has not left real time by so much, with a target beyond it, is not being skipped. */
const STANDING_MS = 60_000;

/** The test clock of a sandbox contract; while it runs the panel looks again every second. Live contracts have none. */
export function ClockPanel({ detail, view, frame, now, newId, clockError }: ContractPage) {
  const { contract } = detail;
  if (!contract.sandbox || !isLive(contract.status) || view.snapshot === null) return null;
  const page = `/staff/contracts/${contract.id}`;
  const target = view.snapshot.clockTargetMs;
  if (target !== null) {
    return (
      <Running
        page={page}
        nowMs={view.nowMs}
        targetMs={target}
        realMs={now.getTime()}
        offsetMs={contract.clockOffsetMs}
      />
    );
  }
  const { staff, csrfToken } = frame.signedIn;
  return (
    <section class="panel" id="clock">
      <h3>テスト時計</h3>
      <p>
        この契約の現在の日時は <b>{formatInstantJa(view.nowMs)}</b> です。
      </p>
      {hasRole(staff, MAY.moveClock) ? (
        <form method="post" action={`${page}/clock`} novalidate>
          <input type="hidden" name="csrf" value={csrfToken} />
          <input type="hidden" name="commandId" value={newId()} />
          <TextField
            name="to"
            id="clock-to"
            label="進める日"
            required={false}
            type="date"
            width="medium"
            hint="その日の0:00まで進めます。途中の更新、証書、メールはすべて行われます。時計は戻せません。"
            value={clockError?.value ?? ''}
            error={clockError?.message}
          />
          <p class="button-row">
            <button class="button button-small button-primary" type="submit">
              この日まで進める
            </button>
            <button class="button button-small button-secondary" type="submit" name="by" value="P1M">
              1か月進める
            </button>
            <button class="button button-small button-secondary" type="submit" name="by" value="P1Y">
              1年進める
            </button>
          </p>
        </form>
      ) : (
        <p class="hint">時計を進められるのは運用担当と管理者です。</p>
      )}
    </section>
  );
}

/** Progress; without scripts the link loads the page again. The last answer of the clock loads the whole page. */
function Running(props: { page: string; nowMs: number; targetMs: number; realMs: number; offsetMs: number }) {
  const { page, nowMs, targetMs, realMs, offsetMs } = props;
  const fromMs = Math.min(realMs + offsetMs, nowMs);
  const percent = Math.max(0, Math.min(100, Math.floor(((nowMs - fromMs) / (targetMs - fromMs)) * 100)));
  return (
    <section
      class="panel panel-strong"
      id="clock"
      hx-get={`${page}/clock`}
      hx-trigger="every 1s"
      hx-swap="outerHTML"
    >
      <h3>テスト時計を進めています</h3>
      <p>
        {formatDateJa(jstDate(targetMs))}まで進めています。現在 <b>{formatInstantJa(nowMs)}</b>（{percent}％）
      </p>
      <progress max={100} value={percent} aria-label="テスト時計の進み">
        {percent}％
      </progress>
      {nowMs - realMs - offsetMs < STANDING_MS ? (
        <p class="hint">
          しばらくしても進まないときは、この Temporal
          サーバーが時間の早送りに対応していないか、担当者の対応を待つ処理があります。
        </p>
      ) : null}
      <p>
        <a href={`${page}#clock`}>最新の状態を見る</a>
      </p>
    </section>
  );
}
