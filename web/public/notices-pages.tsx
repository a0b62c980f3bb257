import type { PublicNotice } from '../../db/queries/read/public-notices.ts';
import { SandboxMark } from '../components/badge.tsx';
import { publicPage } from '../components/layout.tsx';
import { Paging } from '../components/paging.tsx';
import { instantText } from '../format.ts';

export const FEED_PATH = '/notices/feed.xml';
const FEED = { href: FEED_PATH, title: 'Hasso からのお知らせ' };

function PostedAt({ notice }: { notice: PublicNotice }) {
  return (
    <p class="eyebrow">
      <time datetime={notice.postedAt.toISOString()}>{instantText(notice.postedAt)}</time> 掲載{' '}
      {notice.sandbox ? <SandboxMark /> : null}
    </p>
  );
}

/** Notices to all customers, the newest first (第17条3項). */
export function noticesPage(props: {
  notices: readonly PublicNotice[];
  page: number;
  pageSize: number;
  count: number;
}) {
  const { notices, page, pageSize, count } = props;
  return publicPage({
    title: 'お知らせ',
    sandbox: false,
    feed: FEED,
    children: (
      <>
        <h1>お知らせ</h1>
        <p class="lead">
          Hasso をご利用のお客様へのお知らせです。<a href={FEED_PATH}>更新を受け取る（Atomフィード）</a>
        </p>
        {notices.length === 0 ? <p class="empty">掲載中のお知らせはありません。</p> : null}
        <ul class="posted-list">
          {notices.map((notice) => (
            <li>
              <PostedAt notice={notice} />
              <h2>
                <a href={`/notices/${notice.id}`}>{notice.title}</a>
              </h2>
            </li>
          ))}
        </ul>
        <Paging path="/notices" query={{}} page={page} pageSize={pageSize} count={count} />
      </>
    ),
  });
}

/** One notice at its permanent address. */
export function noticePage({ notice }: { notice: PublicNotice }) {
  return publicPage({
    title: notice.title,
    sandbox: false,
    feed: FEED,
    children: (
      <>
        <PostedAt notice={notice} />
        <h1>{notice.title}</h1>
        {notice.sandbox ? (
          <p class="notice">テスト環境のお知らせです。実際のお客様へのお知らせではありません。</p>
        ) : null}
        <p class="lines">{notice.text}</p>
        <p>
          <a href="/notices">お知らせの一覧</a>
        </p>
      </>
    ),
  });
}
