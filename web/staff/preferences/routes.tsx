import { prefer } from '../../../db/queries/staff/prefer.ts';
import { KeysAndLooks } from '../../components/keys.tsx';
import { staffPage } from '../../components/layout.tsx';
import { consoleUrl, type WebDependencies } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame } from '../console.ts';

/** How one person wants the console: keys and density. */
export function preferenceRoutes(app: Routes, deps: WebDependencies): void {
  app.get('/staff/preferences', { right: 'staff', shows: 'nothing' }, (c) => {
    const { preferences, csrfToken } = c.get('signedIn');
    return c.html(
      staffPage({
        ...frame(c, deps, null),
        title: '表示とキー操作',
        children: (
          <section class="narrow">
            <h1>表示とキー操作</h1>
            <KeysAndLooks preferences={preferences} csrf={csrfToken} />
          </section>
        ),
      }),
    );
  });

  app.post('/staff/preferences', { right: 'self', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { staff } = c.get('signedIn');
    await prefer(deps.db, staff.id, {
      keys: form.text('keys') === 'yes',
      dense: form.text('dense') === 'yes',
    });
    return c.redirect(cameFrom(c.req.header('referer'), deps), 303);
  });
}

/** The page of ours on which the form stood. */
function cameFrom(referer: string | undefined, { config }: WebDependencies): string {
  const from = referer === undefined ? null : URL.parse(referer);
  if (from === null || !from.pathname.startsWith('/staff')) return '/staff/preferences';
  return from.origin === new URL(consoleUrl(config)).origin
    ? `${from.pathname}${from.search}`
    : '/staff/preferences';
}
