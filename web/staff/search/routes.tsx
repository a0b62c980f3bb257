import { searchEverything } from '../../../db/queries/read/search-everything.ts';
import { staffPage } from '../../components/layout.tsx';
import type { WebDependencies } from '../../dependencies.ts';
import type { Routes } from '../../routes.ts';
import { frame, hiddenSearch, searched } from '../console.ts';
import { hasRole, MAY } from '../rights.ts';
import { SearchResults } from './results.tsx';

/** The search box of the header: one page over contracts, applications, documents and requests. */
const SHOWN = 10;

export function searchRoutes(app: Routes, deps: WebDependencies): void {
  app.post('/staff/search', { right: 'staff', shows: 'nothing', reads: true }, (c) =>
    searched(c, deps, '/staff/search'),
  );

  app.get('/staff/search', { right: 'staff', shows: 'nothing' }, async (c) => {
    const { text, hidden } = hiddenSearch(c, deps);
    const { staff } = c.get('signedIn');
    const sought = {
      applications: hasRole(staff, MAY.seeApplications),
      documents: hasRole(staff, MAY.seeArchive),
    };
    const found = text === '' ? null : await searchEverything(deps.db, text, SHOWN, sought);
    return c.html(
      staffPage({
        ...frame(c, deps, null),
        searched: text,
        title: '検索',
        children: (
          <>
            <h1>検索</h1>
            {found === null ? (
              <p class="empty">
                上の検索欄に、契約番号・受付番号・会社名・フリガナ・法人番号・担当者・メールアドレス・電話番号のどれかを入力してください。
              </p>
            ) : (
              <SearchResults found={found} sought={sought} hidden={hidden} shown={SHOWN} />
            )}
          </>
        ),
      }),
    );
  });
}
