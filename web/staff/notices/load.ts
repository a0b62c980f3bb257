import type { Context } from 'hono';
import { wouldBeRecipients } from '../../../db/queries/notice/audience.ts';
import { findNotice } from '../../../db/queries/notice/find.ts';
import { recipientCounts } from '../../../db/queries/notice/page.ts';
import { loadPolicies } from '../../../db/queries/policy/load.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { openTasksOf } from '../../../db/queries/task/find.ts';
import { isFinal } from '../../../domain/desk/moves.ts';
import { NOTICE_STATUSES } from '../../../domain/notice/notice.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import { frame, idParam } from '../console.ts';
import type { NoticeView } from './view.ts';

/** The notice that the address names, with what its pages show. Throws a 404 page when there is none. */
export async function loadView(c: Context<WebEnv>, deps: WebDependencies): Promise<NoticeView> {
  const { db } = deps;
  const notice = await findNotice(db, idParam(c, 'id'));
  if (notice === null) throw new Problem(404);
  const waits = notice.recipientCount === null;
  const runs = !isFinal(NOTICE_STATUSES, notice.status) && notice.status !== 'draft';
  const [counts, wouldBe, progress, tasks, policies, names] = await Promise.all([
    recipientCounts(db, notice.id),
    waits ? wouldBeRecipients(db, notice, 0) : null,
    runs ? deps.notices.progress(notice.id) : null,
    openTasksOf(db, { subjectType: 'notice', subjectId: notice.id }),
    loadPolicies(db),
    staffNames(db),
  ]);
  return {
    frame: frame(c, deps, 'notices'),
    notice,
    counts,
    wouldBe: wouldBe?.count ?? 0,
    progress,
    tasks,
    mailsPerMinute: policies['notice.mailsPerMinute'],
    names,
    now: deps.now(),
  };
}
