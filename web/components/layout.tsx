import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { ASSETS } from '../assets.ts';
import type { SignedIn } from '../dependencies.ts';
import { ROLE_LABELS } from '../glossary.ts';
import { dataPagesFor } from '../staff/data/pages.ts';
import { hasRole, MAY } from '../staff/rights.ts';
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

export type Tab =
  | 'tasks'
  | 'applications'
  | 'contracts'
  | 'service'
  | 'archive'
  | 'lists'
  | 'terms'
  | 'notices'
  | 'feeChanges'
  | 'data'
  | 'policies'
  | 'outbox';

/** A page of the staff console. */
export function staffPage(
  props: PageProps & { signedIn: SignedIn; tab: Tab | null; outbox: boolean; wide?: boolean },
) {
  const { title, hasErrors, children, signedIn, tab, outbox, wide } = props;
  const { staff, csrfToken } = signedIn;
  const tabs: { id: Tab; href: string; label: string }[] = [
    { id: 'tasks', href: '/staff', label: '担当タスク' },
    { id: 'applications', href: '/staff/applications', label: '申込' },
    { id: 'contracts', href: '/staff/contracts', label: '契約' },
    ...(hasRole(staff, MAY.seeSuspensions)
      ? [{ id: 'service' as const, href: '/staff/suspensions', label: '停止・廃止' }]
      : hasRole(staff, MAY.seeDiscontinuations)
        ? [{ id: 'service' as const, href: '/staff/discontinuations', label: '停止・廃止' }]
        : []),
    { id: 'archive', href: '/staff/archive', label: '書類' },
    ...(staff.roles.some((role) => role === 'legal' || role === 'admin')
      ? [{ id: 'lists' as const, href: '/staff/lists', label: '照合リスト' }]
      : []),
    ...(hasRole(signedIn.staff, MAY.seeTerms)
      ? [{ id: 'terms' as const, href: '/staff/terms', label: '規約' }]
      : []),
    ...(hasRole(signedIn.staff, MAY.seeNotices)
      ? [{ id: 'notices' as const, href: '/staff/notices', label: '通知' }]
      : []),
    ...(hasRole(signedIn.staff, MAY.seeFeeChanges)
      ? [{ id: 'feeChanges' as const, href: '/staff/fee-changes', label: '料金' }]
      : []),
    ...(dataPagesFor(staff).length === 0
      ? []
      : [{ id: 'data' as const, href: '/staff/data', label: 'データ' }]),
    ...(hasRole(signedIn.staff, MAY.seePolicies)
      ? [{ id: 'policies' as const, href: '/staff/policies', label: '設定' }]
      : []),
    ...(outbox ? [{ id: 'outbox' as const, href: '/staff/outbox', label: 'メール（送信トレイ）' }] : []),
  ];
  return whole(
    <Document title={`${title} | Hasso 運用管理`} hasErrors={hasErrors ?? false} bodyClass="staff" scripts>
      <header class="staff-header">
        <a class="brand" href="/staff">
          <Brand /> <span class="brand-sub">運用管理</span>
        </a>
        <nav aria-label="メイン">
          <ul class="tabs">
            {tabs.map(({ id, href, label }) => (
              <li>
                <a href={href} aria-current={id === tab ? 'page' : undefined}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="who">
          <p>
            <b>{staff.name}</b>
            <small>{staff.roles.map((role) => ROLE_LABELS[role]).join('・')}</small>
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
        {children}
      </main>
    </Document>,
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
