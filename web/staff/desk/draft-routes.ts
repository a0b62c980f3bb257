import { saveDraft } from '../../../db/queries/decision/draft.ts';
import { findTask } from '../../../db/queries/task/find.ts';
import { containsMyNumber } from '../../../domain/data/my-number.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import type { WebDependencies } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { isId } from '../console.ts';
import { localTarget } from '../sign-in/local-target.ts';
import { refusalFor } from './access.ts';
import { DRAFTS_PATH } from './draft-path.ts';

/** Longer words are no reason of a decision. */
const MAX_CHARACTERS = 20_000;
/** What the form carries for itself, and is made anew. */
const CARRIED = ['csrf', 'commandId', 'taskId'];

/** What is typed into the form of a decision, before it is sent: kept for whoever may take it. */
export function draftRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  app.post(DRAFTS_PATH, { right: 'staff', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const taskId = form.text('taskId');
    const task = isId(taskId) ? await findTask(db, taskId) : null;
    if (task === null || task.status !== 'open') throw new Problem(409);
    const { staff } = c.get('signedIn');
    const refusal = refusalFor(task, staff, null);
    if (refusal !== null) throw new Problem(403, { message: refusal.message });
    const values = Object.fromEntries(
      Object.entries(form.texts()).filter(([name]) => !CARRIED.includes(name)),
    );
    const words = Object.values(values).join('\n');
    if (words.length > MAX_CHARACTERS || containsMyNumber(words)) {
      throw new Problem(422, {
        message:
          '下書きを保存できません。文章が長すぎるか、個人番号（マイナンバー）と思われる数字があります（第21条）。',
      });
    }
    await saveDraft(db, task, { staffId: staff.id, values, savedAt: deps.now() });
    // A script asks for no page.
    if (c.req.header('X-Draft') !== undefined) return c.body(null, 204);
    return c.redirect(`${pageOf(c.req.header('Referer')) ?? subjectPath(task)}#decide`, 303);
  });
}

/** The page that the form stands on, as the browser tells it. */
function pageOf(referer = ''): string | null {
  if (!URL.canParse(referer)) return null;
  const { pathname, search } = new URL(referer);
  return localTarget(pathname + search);
}
