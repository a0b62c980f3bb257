import { RECIPIENT_STATES } from '../../../domain/notice/notice.ts';
import { STATUS } from '../../../domain/processes/index.ts';
import { instantText } from '../../format.ts';
import { forecastOf, type NoticeView, unreachedOf } from './view.ts';

/** How far a campaign is. Loads itself again while it runs; without scripts the link does. */
export function ProgressPanel({ view }: { view: NoticeView }) {
  const { notice, counts, progress } = view;
  if (notice.recipientCount === null) return null;
  const page = `/staff/notices/${notice.id}`;
  const { percent, settled, total, endsAt } = forecastOf(view);
  const running = notice.status === 'sending' || notice.status === 'approved';
  const live = running
    ? { 'hx-get': `${page}/progress`, 'hx-trigger': 'every 2s', 'hx-swap': 'outerHTML' }
    : {};
  const waits = notice.status === 'sending' ? (progress?.waitsUntilMs ?? null) : null;
  return (
    <section class="panel" id="progress" {...live}>
      <h2>送信の状況</h2>
      <p>
        {total.toLocaleString('ja-JP')}件のうち<b>{settled.toLocaleString('ja-JP')}件</b>が済みました（
        {percent}％）。
        {progress?.mailsPerMinute == null || !running
          ? null
          : `毎分およそ${progress.mailsPerMinute.toLocaleString('ja-JP')}通。`}
        {endsAt === null ? null : `終了の見込みは${instantText(endsAt)}です。`}
      </p>
      <progress max={100} value={percent} aria-label="送信の進み">
        {percent}％
      </progress>
      {waits === null ? null : (
        <p class="notice">
          メールサーバーが受け付けないか、後で送るよう求めています。{instantText(new Date(waits))}
          にもう一度送ります。
        </p>
      )}
      <ul class="counts">
        {RECIPIENT_STATES.filter((state) => counts[state] > 0).map((state) => (
          <li>
            <a href={`${page}/recipients?state=${state}`}>
              <span class={`badge badge-${STATUS.recipient[state].tone}`}>
                {STATUS.recipient[state].label}
              </span>
              <b>{counts[state].toLocaleString('ja-JP')}件</b>
            </a>
          </li>
        ))}
      </ul>
      {notice.status === 'following' && notice.noticeClass === 'contractual' && unreachedOf(counts) > 0 ? (
        <p>
          <a href={`${page}/recipients?state=unreached`}>
            届いていない{unreachedOf(counts).toLocaleString('ja-JP')}件に郵送した日を記録する
          </a>
        </p>
      ) : null}
      {running ? (
        <p>
          <a href={`${page}#progress`}>最新の状態を見る</a>
        </p>
      ) : null}
    </section>
  );
}
