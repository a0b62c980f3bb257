import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Preferences } from '../../domain/desk/preferences.ts';
import { ROLE_LABELS } from '../../domain/desk/roles.ts';
import { ASSETS } from '../assets.ts';
import type { SignedIn } from '../dependencies.ts';
import { SAID, type Said } from '../http/said.ts';
import { type Link, navigationOf, type Tab } from '../staff/navigation.ts';
import { hasRole, rolesFor } from '../staff/rights.ts';
import { SandboxMark } from './badge.tsx';
import { HeaderSearch } from './header-search.tsx';
import { KeysDialog } from './keys.tsx';
import { Menu } from './menu.tsx';
import { SessionEnd } from './session-end.tsx';

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
  /** Of the console; absent elsewhere. */
  preferences?: Preferences;
  feed?: FeedLink | undefined;
  children: Child;
}

function Document({ title, hasErrors, bodyClass, preferences, feed, children }: DocumentProps) {
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
        {preferences === undefined ? null : (
          <>
            <script src={ASSETS.htmx.href} defer />
            <script src={ASSETS.console.href} defer />
            <script src={ASSETS.presence.href} defer />
            <script src={ASSETS.session.href} defer />
          </>
        )}
      </head>
      <body class={bodyClass} data-keys={preferences === undefined ? undefined : keysState(preferences)}>
        <a class="skip" href="#main">
          本文へ移動
        </a>
        {children}
      </body>
    </html>
  );
}

const keysState = ({ keys }: Preferences) => (keys === false ? 'off' : 'on');

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
  props: PageProps & {
    signedIn: SignedIn;
    tab: Tab | null;
    outbox: boolean;
    said: Said | null;
    /** The text of the search whose results these are. */
    searched?: string;
    wide?: boolean;
  },
) {
  const { title, hasErrors, children, signedIn, tab, outbox, said, searched, wide } = props;
  const { staff, csrfToken, preferences } = signedIn;
  const roles = staff.roles.map((role) => ROLE_LABELS[role]).join('・');
  const { tabs, pages } = navigationOf(staff, tab, { outbox });
  return whole(
    <Document
      title={`${title} | Hasso 運用管理`}
      hasErrors={hasErrors ?? false}
      bodyClass={preferences.dense ? 'staff dense' : 'staff'}
      preferences={preferences}
    >
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
        <HeaderSearch csrf={csrfToken} text={searched} />
        <div class="who">
          <Menu label={staff.name}>
            <p>{roles}</p>
            <a href="/staff/account">自分のアカウント</a>
            <a href="/staff/preferences" data-opens="keys-help">
              表示とキー操作
            </a>
            <form method="post" action="/staff/sign-out">
              <input type="hidden" name="csrf" value={csrfToken} />
              <button class="link-button" type="submit">
                サインアウト
              </button>
            </form>
          </Menu>
        </div>
      </header>
      <KeysDialog preferences={preferences} csrf={csrfToken} />
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
        {said === null ? null : (
          <div class="flash flash-next" role="status">
            <span>{SAID[said]}</span>
            <NextCase signedIn={signedIn} small />
          </div>
        )}
        {children}
      </main>
      <SessionEnd signedIn={signedIn} />
    </Document>,
  );
}

/** Takes the oldest case that nobody has; nothing for those who only read. */
export function NextCase({ signedIn, small }: { signedIn: SignedIn; small?: boolean }) {
  if (!hasRole(signedIn.staff, rolesFor('staff', true) ?? [])) return null;
  return (
    <form method="post" action="/staff/tasks/next">
      <input type="hidden" name="csrf" value={signedIn.csrfToken} />
      <button class={small ? 'button button-small button-secondary' : 'button button-primary'} type="submit">
        次の案件を担当する
      </button>
    </form>
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
