import type { NoticeRow } from '../../../db/queries/notice/find.ts';
import type { Mail } from '../../../templates/mail/blocks.ts';
import { Facts } from '../../components/facts.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { frame } from '../console.ts';

export interface PreviewPage {
  frame: ReturnType<typeof frame>;
  notice: NoticeRow;
  /** Contracts to choose from, with their customers' names. */
  choices: readonly { contractId: string; customerName: string }[];
  shown: { contractId: string; address: string; mail: Mail } | null;
  /** Why there is no mail to show: a value that is missing. */
  problem: string | null;
}

/** The mail as one recipient gets it: subject, HTML and text. */
export function previewPage(page: PreviewPage) {
  const { notice, choices, shown, problem } = page;
  const path = `/staff/notices/${notice.id}/preview`;
  return staffPage({
    ...page.frame,
    title: `${notice.title}の見え方`,
    wide: true,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/notices">通知</a> / <a href={`/staff/notices/${notice.id}`}>{notice.title}</a>
        </p>
        <h1>宛先ごとの見え方</h1>
        {choices.length === 0 ? (
          <p class="empty">宛先となる契約がありません。</p>
        ) : (
          <form class="search" method="get" action={path}>
            <div>
              <label for="contract">宛先</label>
              <select class="input input-medium" id="contract" name="contract">
                {choices.map(({ contractId, customerName }) => (
                  <option value={contractId} selected={contractId === shown?.contractId}>
                    {customerName}
                  </option>
                ))}
              </select>
            </div>
            <button class="button button-secondary" type="submit">
              この宛先で見る
            </button>
          </form>
        )}
        {problem === null ? null : <p class="notice">{problem}</p>}
        {shown === null ? null : (
          <>
            <section class="panel">
              <Facts
                facts={[
                  { label: '送信先', value: shown.address },
                  { label: '件名', value: shown.mail.subject },
                ]}
              />
            </section>
            <div class="preview-columns">
              <section class="panel">
                <h2>HTMLメール</h2>
                <iframe
                  class="mail-frame"
                  title="HTMLメールの見え方"
                  src={`${path}/html?contract=${shown.contractId}`}
                />
              </section>
              <section class="panel">
                <h2>テキストメール</h2>
                <p class="lines mail-text">{shown.mail.text}</p>
              </section>
            </div>
          </>
        )}
      </>
    ),
  });
}
