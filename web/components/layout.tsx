import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { ROLE_LABELS } from '../../domain/desk/roles.ts';
import { ASSETS } from '../assets.ts';
import type { SignedIn } from '../dependencies.ts';
import { type Link, navigationOf, type Tab } from '../staff/navigation.ts';
import { SandboxMark } from './badge.tsx';

/** A feed that readers may subscribe to. */
interface FeedLink {
  href: string;
  title: string;
}

interface DocumentProps {
  title: string;
  /** The form on the page has errors: said first, in the title. */
  hasErrors?: boolean;
  bodyClass: string;
  scripts?: boolean;
  feed?: FeedLink | undefined;
  children: Child;
}

function Document({ title, hasErrors, bodyClass, scripts, feed, children }: DocumentProps) {
  return (
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${hasErrors ? 'エラー：' : ''}${title}`}</title>
        <link rel="stylesheet" href={ASSETS.css.href} />
        <link rel="icon" href={ASSETS.icon.href} type="image/svg+xml" />
        {feed === undefined ? null : (
          <link rel="alternate" type="application/atom+xml" href={feed.href} title={feed.title} />
        )}
        {scripts ? <script src={ASSETS.htmx.href} defer /> : null}
      </head>
      <body class={bodyClass}>
        <a class="skip" href="#main">
          本文へ移動
        </a>
        {children}
      </body>
    </html>
  );
}

const whole = (document: Child) => html`${raw('<!DOCTYPE html>')}${document}`;

export interface PageProps {
  title: string;
  hasErrors?: boolean;
  children: Child;
}

/** A page outside the console: for applicants, or for staff who are not signed in or met an error. */
export function publicPage(props: PageProps & { sandbox: boolean; forStaff?: boolean; feed?: FeedLink }) {
  const { title, hasErrors, children, sandbox, forStaff, feed } = props;
  return whole(
    <Document title={`${title} | Hasso`} hasErrors={hasErrors ?? false} bodyClass="public" feed={feed}>
      <header>
        <div class="public-header">
          <a class="brand" href={forStaff ? '/staff' : '/apply'}>
            <Brand /> <span class="brand-sub">{forStaff ? '運用管理' : 'ビジュアルIVRサービス'}</span>
          </a>
          {sandbox ? <SandboxMark /> : null}
        </div>
        {sandbox ? (
          <p class="sandbox-strip">
            これはテスト環境の申込フォームです。送信しても実際の契約にはなりません。
          </p>
        ) : null}
      </header>
      <main id="main" class="public-main">
        {children}
      </main>
      <footer class="public-footer">
        <p>{forStaff ? 'Hasso 運用管理（社内用）' : 'Hasso 利用申込の受付窓口'}</p>
        {forStaff ? null : (
          <p>
            <a href="/terms">利用規約</a> <a href="/notices">お知らせ</a>
          </p>
        )}
      </footer>
    </Document>,
  );
}

/** A page of the staff console. */
export function staffPage(
  props: PageProps & { signedIn: SignedIn; tab: Tab | null; outbox: boolean; wide?: boolean },
) {
  const { title, hasErrors, children, signedIn, tab, outbox, wide } = props;
  const { staff, csrfToken } = signedIn;
  const roles = staff.roles.map((role) => ROLE_LABELS[role]).join('・');
  const { tabs, pages } = navigationOf(staff, tab, { outbox });
  return whole(
    <Document title={`${title} | Hasso 運用管理`} hasErrors={hasErrors ?? false} bodyClass="staff" scripts>
      <header class="staff-header">
        <a class="brand" href="/staff">
          <Brand /> <span class="brand-sub">運用管理</span>
        </a>
        <nav aria-label="メイン">
          <ul class="tabs">
            {tabs.map((link) => (
              <NavigationLink link={link} />
            ))}
          </ul>
        </nav>
        <div class="who">
          <p>
            <b>{staff.name}</b>
            <small title={roles}>{roles}</small>
          </p>
          <form method="post" action="/staff/sign-out">
            <input type="hidden" name="csrf" value={csrfToken} />
            <button class="button button-small button-quiet" type="submit">
              サインアウト
            </button>
          </form>
        </div>
      </header>
      <main id="main" class={wide ? 'staff-main staff-main-wide' : 'staff-main'}>
        {pages.length === 0 ? null : (
          <nav class="sub-nav" aria-label={tabs.find(({ current }) => current)?.label ?? ''}>
            <ul>
              {pages.map((link) => (
                <NavigationLink link={link} />
              ))}
            </ul>
          </nav>
        )}
        {children}
      </main>
    </Document>,
  );
}

function NavigationLink({ link: { href, label, current } }: { link: Link }) {
  return (
    <li>
      <a href={href} aria-current={current ? 'page' : undefined}>
        {label}
      </a>
    </li>
  );
}

function Brand() {
  return (
    <>
      <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
        <rect x="1" y="1" width="22" height="22" rx="6" />
        <path d="M7 6v12M17 6v12M7 12h10" />
      </svg>
      <b>Hasso</b>
    </>
  );
}
