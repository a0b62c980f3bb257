import {
  listTermsEditions,
  readEditionBefore,
  readTermsInForce,
  type TermsEdition,
} from '../../db/queries/read/terms-edition.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import type { WebDependencies } from '../dependencies.ts';
import { attachment } from '../http/download.ts';
import { Problem } from '../http/problem.ts';
import type { Routes } from '../routes.ts';
import { originalOf } from '../staff/terms/routes.tsx';
import { differenceOf } from '../terms/difference.ts';
import { paragraphsOfEdition } from '../terms/terms-text.tsx';
import { termsPage } from './terms-page.tsx';

/** Editions that the public may read: those that took effect, and approved ones that are about to (第17条1項). */
const PUBLIC = ['effective', 'approved'];

/** The terms for everyone: the edition in force in full, the coming one with what it changes, earlier ones. */
export function termsPublicRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async () => {
    const [all, inForce] = await Promise.all([
      listTermsEditions(db),
      readTermsInForce(db, jstDate(deps.now().getTime())),
    ]);
    return { editions: all.filter(({ status }) => PUBLIC.includes(status)), inForce };
  };

  const show = async (edition: TermsEdition, loaded: Awaited<ReturnType<typeof load>>) => {
    const before = await readEditionBefore(db, edition.number);
    const comparable = before !== null && before.bodyText !== null && edition.bodyText !== null;
    const difference = comparable
      ? {
          value: differenceOf(paragraphsOfEdition(before), paragraphsOfEdition(edition)),
          before: before.number,
        }
      : null;
    return termsPage({ edition, ...loaded, difference });
  };

  const find = async (number: string) => {
    const loaded = await load();
    const edition = loaded.editions.find((each) => each.number === Number(number));
    if (edition === undefined) throw new Problem(404, { message: 'この版の利用規約は公開していません。' });
    return { edition, loaded };
  };

  app.get('/terms', { right: 'anyone', shows: 'nothing' }, async (c) => {
    const loaded = await load();
    if (loaded.inForce === null) throw new Problem(404, { message: '利用規約は準備中です。' });
    return c.html(await show(loaded.inForce, loaded));
  });

  app.get('/terms/:number{[0-9]{1,4}}', { right: 'anyone', shows: 'nothing' }, async (c) => {
    const { edition, loaded } = await find(c.req.param('number'));
    return c.html(await show(edition, loaded));
  });

  app.get('/terms/:number{[0-9]{1,4}}/original', { right: 'anyone', shows: 'nothing' }, async (c) => {
    const { edition } = await find(c.req.param('number'));
    if (edition.documentKey === null) throw new Problem(404);
    return attachment(c, await deps.documents.get(edition.documentKey), originalOf(edition));
  });
}
