import { Feed } from 'feed';
import {
  findPublicNotice,
  listPublicNotices,
  type PublicNotice,
} from '../../db/queries/read/public-notices.ts';
import type { WebDependencies } from '../dependencies.ts';
import { Problem } from '../http/problem.ts';
import type { Routes } from '../routes.ts';
import { isId, pageNumber } from '../staff/console.ts';
import { FEED_PATH, noticePage, noticesPage } from './notices-pages.tsx';

const PAGE_SIZE = 20;
const FEED_ENTRIES = 50;

/** Notices on the web (第17条3項): list, permanent address, Atom feed. Sandbox ones only in development, marked. */
export function noticePublicRoutes(app: Routes, deps: WebDependencies): void {
  const { db, config } = deps;
  const withSandbox = config.HASSO_MODE === 'development';

  app.get('/notices', { right: 'anyone', shows: 'nothing' }, async (c) => {
    const page = pageNumber(c);
    const query = { withSandbox, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
    const { rows, all } = await listPublicNotices(db, query);
    return c.html(noticesPage({ notices: rows, page, pageSize: PAGE_SIZE, count: all }));
  });

  app.get(FEED_PATH, { right: 'anyone', shows: 'nothing' }, async (c) => {
    const { rows } = await listPublicNotices(db, { withSandbox, limit: FEED_ENTRIES, offset: 0 });
    const feed = atomFeed(rows, { base: config.WEB_URL, author: config.OPERATOR_NAME });
    return c.body(feed, 200, { 'Content-Type': 'application/atom+xml; charset=utf-8' });
  });

  app.get('/notices/:id', { right: 'anyone', shows: 'nothing' }, async (c) => {
    const id = c.req.param('id');
    const notice = isId(id) ? await findPublicNotice(db, id, withSandbox) : null;
    if (notice === null) throw new Problem(404, { message: 'このお知らせは掲載していません。' });
    return c.html(noticePage({ notice }));
  });
}

function atomFeed(
  notices: readonly PublicNotice[],
  { base, author }: { base: string; author: string },
): string {
  const address = (path: string) => new URL(path, base).href;
  const newest = notices[0]?.postedAt;
  const feed = new Feed({
    title: 'Hasso からのお知らせ',
    id: address('/notices'),
    link: address('/notices'),
    language: 'ja',
    copyright: author,
    author: { name: author },
    feedLinks: { atom: address(FEED_PATH) },
    generator: 'Hasso',
    ...(newest === undefined ? {} : { updated: newest }),
  });
  for (const { id, title, text, postedAt, sandbox } of notices) {
    const link = address(`/notices/${id}`);
    feed.addItem({
      title: sandbox ? `【テスト環境】${title}` : title,
      id: link,
      link,
      date: postedAt,
      published: postedAt,
      description: text,
    });
  }
  return feed.atom1();
}
