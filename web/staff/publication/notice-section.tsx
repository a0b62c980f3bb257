import type { NoticeRow } from '../../../db/queries/notice/find.ts';
import type { NoticeTexts } from '../../../templates/notice/terms-edition.ts';
import { Facts } from '../../components/facts.tsx';
import { instantText } from '../../format.ts';

/** Texts of a notice for whoever approves, and how far the campaign is. */
export function NoticeSection(props: { notice: NoticeRow | null; texts: NoticeTexts; waits: boolean }) {
  const { notice, texts, waits } = props;
  if (notice === null && !waits) return null;
  return (
    <section class="panel" id="notice">
      <h2>お客様への告知（メールとWeb掲載）</h2>
      {notice === null ? (
        <p class="hint">承認すると、この文面で契約中のすべてのお客様への告知が始まります。</p>
      ) : (
        <p>
          <a href={`/staff/notices/${notice.id}`}>告知の進み具合を見る</a>
          <span class="beside">
            {notice.postedAt === null
              ? 'まだWebに掲載されていません。'
              : `${instantText(notice.postedAt)}にWebに掲載しました。`}
          </span>
        </p>
      )}
      <details open={notice === null}>
        <summary>告知の文面</summary>
        <Facts
          facts={[
            { label: '件名', value: texts.subjectLine },
            { label: 'メール本文', value: <span class="lines">{texts.body}</span> },
            { label: 'Webに掲載する文', value: <span class="lines">{texts.postingText}</span> },
          ]}
        />
      </details>
    </section>
  );
}
