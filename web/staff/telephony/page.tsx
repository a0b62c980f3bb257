import type { ContractDetail } from '../../../db/queries/read/contract-detail.ts';
import type { TelephonyAccountRow } from '../../../db/queries/telephony/account.ts';
import type { usageOfMonth } from '../../../db/queries/telephony/month.ts';
import type { HeldNumberRow } from '../../../db/queries/telephony/numbers.ts';
import type { ProvisioningRow } from '../../../db/queries/telephony/provisioning.ts';
import type { EventHealth } from '../../../db/queries/telephony/read-events.ts';
import { isLive } from '../../../domain/period/contract.ts';
import { CALLBACK_KINDS, type CallbackKind } from '../../../domain/watch/callback.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { hasRole, MAY } from '../rights.ts';
import { ProvisioningPanel } from './provisioning-panel.tsx';

export interface TelephonyPage {
  frame: ReturnType<typeof frame>;
  detail: ContractDetail;
  account: TelephonyAccountRow | null;
  /** Whether an account of the operator at the provider is set. */
  isOn: boolean;
  names: ReadonlyMap<string, string>;
  health: EventHealth;
  /** Address below which webhooks are taken, as the provider has to be told. */
  webhooks: string;
  /** Of this month. */
  usage: Awaited<ReturnType<typeof usageOfMonth>>;
  draft: Draft | null;
  provisioning: ProvisioningRow | null;
  /** How many numbers the contract gives a right to. */
  wanted: number;
  held: readonly HeldNumberRow[];
  /** What the last reading of the numbers brought. */
  read: 'revised' | 'same' | null;
  newId: () => string;
}

/** As the billing of usage names them. */
const CATEGORY_LABELS = new Map([
  ['call-in', '着信通話'],
  ['call-out', '発信通話'],
  ['sms', 'SMS送信'],
]);

const READ_WORDS = {
  revised: '電話番号を読み込みました。変更があったため、新しい版の契約証書を発行します（第23条1項）。',
  same: '電話番号を読み込みました。契約証書の記載と同じです。',
};

/** The subaccount and the numbers of a contract at the telephony provider (第11条2項, 第23条1項). */
export function telephonyPage(page: TelephonyPage) {
  const { detail, account, isOn, names, draft } = page;
  const { contract, customer } = detail;
  const may = hasRole(page.frame.signedIn.staff, MAY.manageTelephony) && isLive(contract.status);
  return staffPage({
    ...page.frame,
    title: `${customer.name}：電話サービス`,
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href="/staff/contracts">契約</a> /{' '}
          <a href={`/staff/contracts/${contract.id}`}>{customer.name}</a>
        </p>
        <h1>電話サービス {contract.sandbox ? <SandboxMark /> : null}</h1>
        <p class="lead">
          電話番号は電話サービス提供者のものです（第11条2項）。契約ごとのサブアカウントを登録すると、停止と返却が自動で行われます。
        </p>
        {isOn ? null : (
          <p class="notice notice-warning">
            電話サービスとの連携が設定されていません。登録はできますが、確認・作成・読み込みはできません。
          </p>
        )}
        {draft === null ? null : <ErrorSummary errors={draft.errors} />}
        {page.read === null ? null : (
          <p class="notice" role="status">
            {READ_WORDS[page.read]}
          </p>
        )}
        <section class="panel">
          <h2>サブアカウント</h2>
          {account === null ? (
            <p class="empty">登録されていません。</p>
          ) : (
            <Facts
              facts={[
                { label: 'SID', value: <code>{account.subaccountSid}</code> },
                { label: '状態', value: <StatusBadge kind="telephony" value={account.state} /> },
                {
                  label: '登録',
                  value: `${instantText(account.createdAt)}（${actorName(account.registeredBy, names)}）`,
                },
              ]}
            />
          )}
          {may && (account === null || account.state === 'closed') ? <AccountForms page={page} /> : null}
        </section>
        <ProvisioningPanel
          {...{ provisioning: page.provisioning, wanted: page.wanted, held: page.held, draft }}
          may={may && isOn}
          path={`/staff/contracts/${contract.id}/telephony`}
          csrf={page.frame.signedIn.csrfToken}
          newId={page.newId}
        />
        <section class="panel">
          <h2>契約証書の電話番号</h2>
          <p>{contract.phoneNumbers.join('、') || '割当てなし'}</p>
          {may && isOn && account !== null && account.state !== 'closed' ? (
            <SimpleForm page={page} action="numbers" label="番号を読み込む">
              提供者に登録されている番号を読み込みます。変更があれば、新しい版の契約証書を発行して送付します。
            </SimpleForm>
          ) : null}
        </section>
        <UsagePanel page={page} />
        {account === null ? null : <HealthPanel page={page} />}
        {hasRole(page.frame.signedIn.staff, MAY.manageTelephony) ? null : (
          <p class="hint">登録と読み込みは運用担当が行います。</p>
        )}
      </>
    ),
  });
}

function UsagePanel({ page: { usage } }: { page: TelephonyPage }) {
  return (
    <section class="panel">
      <h2>今月の利用</h2>
      <Table
        caption="今月の利用"
        rows={usage}
        empty="今月の利用はまだありません。"
        columns={[
          { head: '種類', cell: ({ category }) => CATEGORY_LABELS.get(category) ?? category },
          { head: '件数', numeric: true, cell: ({ events }) => events.toLocaleString('ja-JP') },
          { head: '数量（分・通）', numeric: true, cell: ({ quantity }) => quantity },
        ]}
      />
    </section>
  );
}

const CALLBACK_LABELS: Record<CallbackKind, string> = { calls: '通話', messages: 'SMS', numbers: '電話番号' };

function HealthPanel({ page }: { page: TelephonyPage }) {
  const { health, detail, frame } = page;
  const { webhookAt, listedAt, listFailures, unreadable, waiting, signed } = health;
  const list = listedAt === null ? 'まだ照合していません。' : instantText(listedAt);
  const failed = listFailures === 0 ? '' : `（続けて${listFailures}回、接続できませんでした）`;
  return (
    <section class="panel">
      <h2>通話・SMSの記録の受信</h2>
      {signed ? null : (
        <p class="notice notice-warning">
          サブアカウントの署名の鍵をまだ読み取っていないため、届いた通知を受け付けられません。電話サービスとの次の照合で読み取ります。
        </p>
      )}
      <Facts
        facts={[
          {
            label: '最後の通知',
            value: webhookAt === null ? 'まだ届いていません。' : instantText(webhookAt),
          },
          { label: '最後の一覧の照合', value: `${list}${failed}` },
          { label: '検知の確認を待つ記録', value: `${waiting.toLocaleString('ja-JP')}件` },
          {
            label: '通知の宛先',
            value: (
              <ul class="plain">
                {CALLBACK_KINDS.map((kind) => (
                  <li>
                    {CALLBACK_LABELS[kind]}：
                    <code>
                      {page.webhooks}
                      {kind}
                    </code>
                  </li>
                ))}
              </ul>
            ),
          },
          { label: '読めない記録', value: `${unreadable.toLocaleString('ja-JP')}件` },
        ]}
      />
      {hasRole(frame.signedIn.staff, MAY.seeUsageCases) ? (
        <p>
          <a href={`/staff/contracts/${detail.contract.id}/telephony/events`}>通話・SMSの記録を見る</a>
          {' / '}
          <a href={`/staff/contracts/${detail.contract.id}/usage-watch`}>検知の例外と基準を見る</a>
        </p>
      ) : null}
    </section>
  );
}

function AccountForms({ page }: { page: TelephonyPage }) {
  const { draft, frame, detail, isOn, newId } = page;
  const typed = draft?.form === 'register' ? draft : null;
  return (
    <>
      <form method="post" action={`/staff/contracts/${detail.contract.id}/telephony/register`} novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={typed?.values.commandId ?? newId()} />
        <TextField
          {...typedFields(typed)('subaccountSid')}
          label="サブアカウントのSID"
          required
          hint="電話サービスの管理画面にある、ACで始まる34文字です。"
        />
        <button class="button button-primary" type="submit">
          登録する
        </button>
      </form>
      {isOn ? (
        <SimpleForm page={page} action="create" label="サブアカウントを作る">
          まだない場合は、この契約のサブアカウントを新しく作って登録します。
        </SimpleForm>
      ) : null}
    </>
  );
}

function SimpleForm(props: {
  page: TelephonyPage;
  action: 'create' | 'numbers';
  label: string;
  children: string;
}) {
  const { page, action, label, children } = props;
  return (
    <form method="post" action={`/staff/contracts/${page.detail.contract.id}/telephony/${action}`}>
      <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={page.newId()} />
      <p>{children}</p>
      <button class="button button-secondary" type="submit">
        {label}
      </button>
    </form>
  );
}
