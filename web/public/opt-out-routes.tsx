import { optOut } from '../../db/queries/opt-out/record.ts';
import { contactOfToken } from '../../db/queries/opt-out/token.ts';
import { publicPage } from '../components/layout.tsx';
import type { WebDependencies } from '../dependencies.ts';
import { readForm } from '../http/form.ts';
import { Problem } from '../http/problem.ts';
import type { Routes } from '../routes.ts';

export const OPT_OUT_PATH = '/opt-out/';

/**
 * Opting out of mail that advertises (第14条): the link in a mail shows a button, and mail programs post by one click
 * (RFC 8058), without cookies and from anywhere: whoever has the link may. A look at the link changes nothing, since
 * scanners of mail follow links.
 */
export function optOutRoutes(app: Routes, deps: WebDependencies): void {
  const sandbox = deps.config.HASSO_MODE === 'development';
  const contactOf = (token: string): string => {
    const contactId = contactOfToken(deps.config.SESSION_SECRET, token);
    if (contactId !== null) return contactId;
    throw new Problem(404, {
      heading: '配信停止のリンクを確認できません',
      message: 'リンクが途中で切れていないか、メールの記載をもう一度お確かめください。',
    });
  };

  app.use(`${OPT_OUT_PATH}*`, async (c, next) => {
    c.header('Cache-Control', 'no-store');
    c.header('X-Robots-Tag', 'noindex');
    await next();
  });

  app.get(`${OPT_OUT_PATH}:token`, { right: 'anyone', shows: 'nothing' }, (c) => {
    const token = c.req.param('token');
    contactOf(token);
    return c.html(
      publicPage({
        title: 'ご案内メールの配信停止',
        sandbox,
        children: (
          <>
            <h1>ご案内メールの配信停止</h1>
            <p class="lead">
              新しい機能やキャンペーンなど、ご案内（広告）のメールの配信を停止します。契約に関する大切なお知らせは、停止後もお送りします。
            </p>
            <form method="post" action={`${OPT_OUT_PATH}${token}`}>
              <button class="button button-primary" type="submit">
                配信を停止する
              </button>
            </form>
          </>
        ),
      }),
    );
  });

  app.post(`${OPT_OUT_PATH}:token`, { right: 'anyone', shows: 'nothing' }, async (c) => {
    const contactId = contactOf(c.req.param('token'));
    const oneClick = (await readForm(c)).text('List-Unsubscribe') === 'One-Click';
    const how = oneClick ? 'oneClick' : 'link';
    await optOut(deps.db, { contactId, how, actor: 'customer', at: deps.now() });
    return c.html(
      publicPage({
        title: 'ご案内メールの配信を停止しました',
        sandbox,
        children: (
          <>
            <h1>ご案内メールの配信を停止しました</h1>
            <p class="lead">
              今後、ご案内（広告）のメールはお送りしません。行き違いで届いた場合はご容赦ください。再開をご希望の場合は、担当窓口までご連絡ください。
            </p>
          </>
        ),
      }),
    );
  });
}
