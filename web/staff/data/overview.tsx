import type { WebDependencies } from '../../dependencies.ts';
import { Problem } from '../../http/problem.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';
import { overviewPages } from '../navigation.ts';
import { dataPage } from './layout.tsx';

const PATH = '/staff/data';

/** What there is under データ, in sentences. */
export function dataOverviewRoutes(app: Routes, deps: WebDependencies): void {
  app.get(PATH, { right: 'staff', shows: 'nothing' }, (c) => {
    const outer = frame(c, deps, 'data');
    const pages = overviewPages(outer.signedIn.staff, 'データ');
    if (pages.length === 0) throw new Problem(403);
    return c.html(
      dataPage({
        frame: outer,
        current: PATH,
        title: 'データ',
        children: (
          <>
            <h1>お客様のデータの取り扱い</h1>
            <ul class="page-list">
              {pages.map(({ href, label, about }) => (
                <li>
                  <a class="row-link" href={href}>
                    {label}
                  </a>
                  <p>{about}</p>
                </li>
              ))}
            </ul>
          </>
        ),
      }),
    );
  });
}
