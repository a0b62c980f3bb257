import type { Child } from 'hono/jsx';
import type { ProposalRow } from '../../../db/queries/proposal/find.ts';
import type { StaffAccount } from '../../../db/queries/staff/accounts.ts';
import type { lastLink } from '../../../db/queries/staff/links.ts';
import { type AccountChange, accountChangeNeedsTwo } from '../../../domain/desk/accounts.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary, errorFor } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextAreaField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { instantText } from '../../format.ts';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { hasRole, MAY } from '../rights.ts';
import { RolesField, rolesIn } from './fields.tsx';
import { ACCOUNT_DONE, ACCOUNTS_PATH, accountChangeText, rolesText } from './words.ts';

export interface AccountPage {
  frame: ReturnType<typeof frame>;
  account: StaffAccount;
  link: Awaited<ReturnType<typeof lastLink>>;
  /** What waits for a second administrator. */
  waiting: ProposalRow | null;
  draft: Draft | null;
  done: string;
  newId: () => string;
}

/** One account: what it may do, and what administration does with it. */
export function accountPage(page: AccountPage) {
  const { frame, account, draft, done } = page;
  const flash = ACCOUNT_DONE[done];
  return staffPage({
    ...frame,
    title: account.name,
    hasErrors: (draft?.errors.length ?? 0) > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={ACCOUNTS_PATH}>担当者</a>
        </p>
        <h1>
          {account.name} <StatusBadge kind="account" value={account.status} />
        </h1>
        {flash === undefined ? null : (
          <p class="flash" role="status">
            {flash}
          </p>
        )}
        <ErrorSummary errors={draft?.errors ?? []} />
        <Facts facts={factsOf(page)} />
        <Waiting page={page} />
        {hasRole(frame.signedIn.staff, MAY.manageAccounts) ? <Changes page={page} /> : null}
      </div>
    ),
  });
}

function factsOf({ account, link }: AccountPage) {
  const { email, roles, hasSecondFactor, lastSeenAt, createdAt } = account;
  return [
    { label: 'メールアドレス', value: email },
    { label: '役割', value: rolesText(roles) },
    { label: '確認コード', value: hasSecondFactor ? '設定済み' : '未設定' },
    { label: '最後に使った日時', value: lastSeenAt === null ? 'まだありません' : instantText(lastSeenAt) },
    { label: '登録した日時', value: instantText(createdAt) },
    ...(link === null ? [] : [{ label: 'パスワードを設定するリンク', value: linkText(link) }]),
  ];
}

function linkText(link: NonNullable<AccountPage['link']>): Child {
  const state =
    link.closedAt === null
      ? `${instantText(link.expiresAt)}まで有効`
      : `使用済み（${instantText(link.closedAt)}）`;
  return (
    <>
      {state}{' '}
      {link.mailStatus === null ? (
        'メールを送信中です。'
      ) : (
        <StatusBadge kind="mail" value={link.mailStatus} />
      )}
    </>
  );
}

function Waiting({ page: { waiting } }: { page: AccountPage }) {
  if (waiting === null || waiting.proposed.kind !== 'staffAccount') return null;
  return (
    <p class="notice">
      もう一人の管理者の確認を待っています：{accountChangeText(waiting.proposed.change)}。{' '}
      <a href={`/staff/proposals/${waiting.id}`}>申し出を見る</a>
    </p>
  );
}

function Changes({ page }: { page: AccountPage }) {
  const { account } = page;
  const open = account.status !== 'disabled';
  return (
    <>
      {open ? <RolesForm page={page} /> : null}
      {open ? (
        <ChangeForm
          page={page}
          change={{ kind: 'endSessions' }}
          heading="サインインの終了"
          words="この人のサインインを、すべての端末で終了します。パスワードは変わりません。"
          submit="すべてのサインインを終了する"
        />
      ) : null}
      {open ? (
        <ChangeForm
          page={page}
          change={{ kind: 'invite' }}
          heading="パスワードの設定"
          words="パスワードを設定するリンクを、本人のメールアドレスに送ります。前に送ったリンクは使えなくなります。"
          submit="リンクを送る"
        />
      ) : null}
      {account.hasSecondFactor ? (
        <ChangeForm
          page={page}
          change={{ kind: 'resetSecondFactor' }}
          heading="確認コードの設定を消す"
          words="端末をなくした人が、確認コードを設定し直せるようにします。"
          submit="もう一人の管理者に確認を依頼する"
        />
      ) : null}
      {open ? (
        <ChangeForm
          page={page}
          change={{ kind: 'disable' }}
          heading="アカウントの停止"
          words="サインインできなくします。記録に残る名前は変わりません。"
          submit="アカウントを停止する"
          danger
        />
      ) : (
        <ChangeForm
          page={page}
          change={{ kind: 'enable' }}
          heading="停止の解除"
          words="ふたたびサインインできるようにします。役割は停止の前のままです。"
          submit="もう一人の管理者に確認を依頼する"
        />
      )}
    </>
  );
}

function needsTwo({ account, frame }: AccountPage, change: AccountChange): boolean {
  const state = { roles: account.roles, active: account.status !== 'disabled' };
  return accountChangeNeedsTwo(state, change, account.id === frame.signedIn.staff.id);
}

function ChangeForm(props: {
  page: AccountPage;
  change: Exclude<AccountChange, { kind: 'roles' }> | { kind: 'invite' };
  heading: string;
  words: string;
  submit: string;
  danger?: boolean;
}) {
  const { page, change, heading, words, submit, danger } = props;
  const { kind } = change;
  const two = change.kind !== 'invite' && needsTwo(page, change);
  return (
    <section class="panel">
      <h2>{heading}</h2>
      <p>
        {words}
        {two ? '別の管理者が確認すると行われます。' : ''}
      </p>
      <Fields page={page} kind={kind} reason={two ? 'needed' : 'none'}>
        <button class={danger ? 'button button-danger' : 'button button-secondary'} type="submit">
          {submit}
        </button>
      </Fields>
    </section>
  );
}

function RolesForm({ page }: { page: AccountPage }) {
  const { account, draft } = page;
  const mine = draft?.form === 'roles' ? draft : null;
  return (
    <section class="panel">
      <h2>役割の変更</h2>
      <Fields page={page} kind="roles" reason="maybe">
        <RolesField
          roles={mine === null ? account.roles : rolesIn(mine.values)}
          hint="変更すると、この人のサインインをすべて終了します。監査担当は、ほかの役割と兼ねられません。"
          error={errorFor(mine?.errors ?? [], 'roles')}
        />
        <button class="button button-secondary" type="submit">
          役割を変更する
        </button>
      </Fields>
    </section>
  );
}

/** A form of the page, with what every one carries. */
function Fields(props: {
  page: AccountPage;
  kind: string;
  reason: 'none' | 'maybe' | 'needed';
  children: Child;
}) {
  const { page, kind, reason, children } = props;
  const draft = page.draft?.form === kind ? page.draft : null;
  return (
    <form method="post" action={`${ACCOUNTS_PATH}/${page.account.id}/${kind}`} novalidate>
      <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={draft?.values.commandId ?? page.newId()} />
      {reason === 'none' ? null : (
        <TextAreaField
          {...typedFields(draft, kind)('reason')}
          label="理由"
          required={reason === 'needed'}
          rows={2}
          {...(reason === 'maybe'
            ? {
                hint: '管理者の役割を付けるか外すときと、自分の役割を変えるときは、別の管理者が確認します。その人に伝える理由を書いてください。',
              }
            : {})}
        />
      )}
      {children}
    </form>
  );
}
