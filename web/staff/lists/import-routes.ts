import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { readTimeline } from '../../../db/queries/read/timeline.ts';
import {
  findListImport,
  readListChanges,
  readListVersions,
} from '../../../db/queries/screening-list/read.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { listNeedsTwo } from '../../../domain/proposal/proposal.ts';
import { ListFileError, MAX_LIST_BYTES, previewList, takeList } from '../../../gateway/screening.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { plainFileName } from '../desk/upload.ts';
import { askForTwo } from '../proposals/ask.ts';
import { previewPage, readingPage } from './import-pages.tsx';
import { listPage } from './list-pages.tsx';
import { listParam } from './list-param.ts';
import { type Reading, Readings } from './readings.ts';

/** Changes that the preview shows, and bad rows that it names. */
const SHOWN_CHANGES = 50;
/** The file and the form around it. */
const LIST_FILE = {
  bytes: MAX_LIST_BYTES + 64 * 1024,
  message: `リストのファイルは${MAX_LIST_BYTES / 1024 / 1024}MBまでです。`,
};

/** Import of a list file: choose, watch it being read, look at what changes, take it. */
export function importRoutes(app: Routes, deps: WebDependencies): void {
  const { db, screening } = deps;
  const readings = new Readings();

  const refused = async (c: Context<WebEnv>, message: string) => {
    const list = listParam(c);
    const [versions, history, names] = await Promise.all([
      readListVersions(db, list),
      readTimeline(db, { subjectType: 'list', subjectId: list }),
      staffNames(db),
    ]);
    const errors = [{ field: 'listFile', message }];
    return c.html(listPage({ frame: frame(c, deps, 'lists'), list, versions, history, names, errors }), 422);
  };

  const read = async (c: Context<WebEnv>, file: File): Promise<string> => {
    const list = listParam(c);
    const staffId = c.get('signedIn').staff.id;
    const fileName = plainFileName(file.name);
    const bytes = new Uint8Array(await file.arrayBuffer());
    return readings.start({ staffId, fileName, bytes }, async (onProgress): Promise<Reading['result']> => {
      try {
        const staged = await previewList(db, { list, fileName, bytes, importedBy: staffId }, onProgress);
        return { state: 'previewed', importId: staged.id };
      } catch (error) {
        if (error instanceof ListFileError) return { state: 'failed', message: error.message };
        const errorId = randomUUID();
        deps.logError(error, { errorId, path: '/staff/lists/import' });
        const message = `システムの問題で読み込めませんでした（エラー番号 ${errorId}）。もう一度お試しください。`;
        return { state: 'failed', message };
      }
    });
  };

  app.post(
    '/staff/lists/:list/import',
    { right: 'manageLists', shows: 'nothing', takes: LIST_FILE },
    async (c) => {
      const list = listParam(c);
      const form = await readForm(c);
      requireCsrf(c, form);
      const file = form.file('listFile');
      if (file === null) return refused(c, 'CSVファイルを選択してください。');
      return c.redirect(`/staff/lists/${list}/readings/${await read(c, file)}`, 303);
    },
  );

  app.get('/staff/lists/:list/readings/:id', { right: 'manageLists', shows: 'nothing' }, async (c) => {
    const list = listParam(c);
    const reading = readings.find(idParam(c, 'id'));
    if (reading === null) {
      throw new Problem(410, {
        heading: '読み込みが中断されました',
        message: 'リストは変更されていません。ファイルをもう一度選択してください。',
        link: { href: `/staff/lists/${list}`, label: 'リストに戻る' },
      });
    }
    if (reading.staffId !== c.get('signedIn').staff.id) throw new Problem(404);
    switch (reading.result.state) {
      case 'running':
        c.header('Refresh', '1');
        return c.html(readingPage({ frame: frame(c, deps, 'lists'), list, reading }));
      case 'failed':
        return refused(c, `${reading.fileName}：${reading.result.message}`);
      case 'previewed':
        return c.redirect(`/staff/lists/${list}/imports/${reading.result.importId}`, 303);
    }
  });

  app.get('/staff/lists/:list/imports/:id', { right: 'manageLists', shows: 'nothing' }, async (c) => {
    const list = listParam(c);
    const staged = await findListImport(db, idParam(c, 'id'));
    if (staged === null || staged.list !== list || staged.status === 'reading') throw new Problem(404);
    const changes = staged.status === 'taken' ? [] : await readListChanges(db, staged, SHOWN_CHANGES);
    return c.html(previewPage({ frame: frame(c, deps, 'lists'), list, staged, changes }));
  });

  app.post('/staff/lists/:list/imports/:id/take', { right: 'manageLists', shows: 'nothing' }, async (c) => {
    const list = listParam(c);
    requireCsrf(c, await readForm(c));
    const [importId, takenBy] = [idParam(c, 'id'), c.get('signedIn').staff.id];
    const staged = await findListImport(db, importId);
    if (staged === null || staged.list !== list) throw new Problem(404);
    if (listNeedsTwo(list, staged.baseVersion) && staged.version === null) {
      const proposed = { kind: 'listTake' as const, list, importId };
      const asked = { commandId: `take/${importId}`, proposed, contractId: null, reason: '', sandbox: false };
      return askForTwo(c, deps, asked, { href: `/staff/lists/${list}`, label: 'リストに戻る' });
    }
    const taken = await takeList(db, { importId, takenBy });
    requireAccepted(taken, { href: `/staff/lists/${list}`, label: 'リストに戻る' });
    try {
      if (taken.ok) {
        const input = { list, version: taken.version, startedBy: takenBy };
        await answerWithin(screening.rescreenList(input), deps.limits.answerMs);
      }
    } catch (error) {
      // The version is taken and stays: the next page says that its re-screening can be started there.
      deps.logError(error, { errorId: importId, path: c.req.path });
    }
    return c.redirect(`/staff/lists/${list}/rescreening`, 303);
  });
}
