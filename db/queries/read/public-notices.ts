import { and, count, desc, eq, isNotNull } from 'drizzle-orm';
import { fillTemplate } from '../../../domain/notice/notice-template.ts';
import type { Executor } from '../../client.ts';
import { notices } from '../../schema/index.ts';

/** A notice as everybody may read it (第17条3項): its own text for the web, never what a mail says to one customer. */
export interface PublicNotice {
  id: string;
  title: string;
  text: string;
  postedAt: Date;
  sandbox: boolean;
}

const columns = {
  id: notices.id,
  title: notices.title,
  postingText: notices.postingText,
  values: notices.values,
  postedAt: notices.postedAt,
  sandbox: notices.sandbox,
};

/** Posted ones; sandbox ones only where they are asked for. */
const posted = (withSandbox: boolean) =>
  and(
    eq(notices.postOnWeb, true),
    isNotNull(notices.postedAt),
    withSandbox ? undefined : eq(notices.sandbox, false),
  );

/** One page of the notices on the web, the newest first, and how many there are. */
export async function listPublicNotices(
  db: Executor,
  query: { withSandbox: boolean; limit: number; offset: number },
): Promise<{ rows: PublicNotice[]; all: number }> {
  const where = posted(query.withSandbox);
  const [rows, [counted]] = await Promise.all([
    db
      .select(columns)
      .from(notices)
      .where(where)
      .orderBy(desc(notices.postedAt), desc(notices.id))
      .limit(query.limit)
      .offset(query.offset),
    db.select({ all: count() }).from(notices).where(where),
  ]);
  return { rows: rows.flatMap(publicNotice), all: counted?.all ?? 0 };
}

/** One notice on the web; null when it is not posted. */
export async function findPublicNotice(
  db: Executor,
  id: string,
  withSandbox: boolean,
): Promise<PublicNotice | null> {
  const [row] = await db
    .select(columns)
    .from(notices)
    .where(and(posted(withSandbox), eq(notices.id, id)));
  return row === undefined ? null : (publicNotice(row)[0] ?? null);
}

function publicNotice(row: Pick<typeof notices.$inferSelect, keyof typeof columns>): PublicNotice[] {
  const { id, title, postingText, values, postedAt, sandbox } = row;
  return postedAt === null ? [] : [{ id, title, text: fillTemplate(postingText, values), postedAt, sandbox }];
}
