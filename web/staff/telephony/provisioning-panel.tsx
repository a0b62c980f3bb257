import type { Child } from 'hono/jsx';
import type { HeldNumberRow } from '../../../db/queries/telephony/numbers.ts';
import type { ProvisioningRow } from '../../../db/queries/telephony/provisioning.ts';
import { causeText } from '../../../domain/desk/causes.ts';
import {
  type BundleStatus,
  NUMBER_TYPES,
  type NumberType,
  type ProvisioningWait,
  reasonText,
} from '../../../domain/telephony/provisioning.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { Facts } from '../../components/facts.tsx';
import { CheckField, SelectField, typedFields } from '../../components/field.tsx';
import { Table } from '../../components/table.tsx';
import { instantText } from '../../format.ts';
import type { Draft } from '../desk/draft.ts';

export interface ProvisioningPanelProps {
  provisioning: ProvisioningRow | null;
  /** How many numbers the contract gives a right to. */
  wanted: number;
  held: readonly HeldNumberRow[];
  /** Whether the person may act, on a contract that goes on, with the provider set. */
  may: boolean;
  /** Where the forms go. */
  path: string;
  csrf: string;
  draft: Draft | null;
  newId: () => string;
}

const NUMBER_TYPE_LABELS: Record<NumberType, string> = {
  national: '050番号（全国）',
  local: '市外局番の番号',
  tollFree: 'フリーダイヤル（0120・0800）',
};

const BUNDLE_LABELS: Record<BundleStatus, string> = {
  draft: '下書き',
  'pending-review': '審査の受付待ち',
  'in-review': '審査中',
  'twilio-rejected': '差戻し',
  'twilio-approved': '承認',
  'provisionally-approved': '仮承認（番号を取得できます）',
};

/** What passes by itself; what staff have to do stands with the causes of the task. */
const PASSING: Partial<Record<ProvisioningWait, string>> = {
  review: '提供者の審査を待っています。',
  suspended: 'サービスの停止が終わるのを待っています。停止中は電話番号を取得しません。',
  offBoarding: '契約終了後の手続きによる返却を待っています。',
  away: '提供者につながりません。自動で再試行しています。',
};

const waitText = (waits: ProvisioningWait | null): string =>
  waits === null ? 'なし' : (PASSING[waits] ?? causeText({ kind: 'provisioning', cause: waits }) ?? '');

/** The papers can be handed in (again) while the provider has them as these. */
const MAY_SUBMIT: readonly (BundleStatus | null)[] = ['draft', 'twilio-rejected'];

/** How far the numbers of a contract are, what is waited for, and what operations may do (第11条2項, 第23条1項). */
export function ProvisioningPanel(props: ProvisioningPanelProps) {
  const { provisioning, wanted, held, may } = props;
  return (
    <section class="panel" id="provisioning">
      <h2>電話番号の手配</h2>
      {provisioning === null ? (
        <p class="empty">手配は始まっていません。</p>
      ) : (
        <ProvisioningFacts provisioning={provisioning} wanted={wanted} />
      )}
      <Table
        caption="提供者の電話番号"
        rows={held}
        empty="提供者の電話番号はまだ確認されていません。"
        columns={[
          { head: '番号', cell: ({ party }) => party.mask },
          { head: '状態', cell: ({ goneAt }) => (goneAt === null ? '取得済み' : '返却済み') },
          { head: '確認', cell: ({ seenAt, goneAt }) => instantText(goneAt ?? seenAt) },
        ]}
      />
      {may ? <Forms {...props} /> : null}
    </section>
  );
}

function ProvisioningFacts({ provisioning, wanted }: { provisioning: ProvisioningRow; wanted: number }) {
  const { status, waits, reasonCode, numberType, bundleSid, bundleStatus, lookedAt } = provisioning;
  return (
    <Facts
      facts={[
        { label: '状態', value: <StatusBadge kind="provisioning" value={status} /> },
        { label: '待っていること', value: waitText(waits) },
        ...(reasonCode === null ? [] : [{ label: '提供者の理由', value: reasonText(reasonCode) }]),
        { label: '番号の種類', value: numberType === null ? '未入力' : NUMBER_TYPE_LABELS[numberType] },
        { label: '契約の電話番号の数', value: `${wanted}個` },
        {
          label: '審査書類',
          value:
            bundleSid === null ? (
              'なし'
            ) : (
              <>
                {bundleStatus === null ? '提供者で確認できません' : BUNDLE_LABELS[bundleStatus]}{' '}
                <code>{bundleSid}</code>
              </>
            ),
        },
        { label: '最後の確認', value: lookedAt === null ? 'まだ確認していません。' : instantText(lookedAt) },
      ]}
    />
  );
}

function Forms(props: ProvisioningPanelProps) {
  const { provisioning, draft } = props;
  const typed = (form: string) => (draft?.form === form ? draft : null);
  const ask = typedFields(typed('numbers-wanted'))('numberType');
  const submit = typedFields(typed('papers'))('checked');
  const choices = NUMBER_TYPES.map((value) => ({ value, label: NUMBER_TYPE_LABELS[value] }));
  const chosen = provisioning?.numberType ?? null;
  return (
    <>
      <Form props={props} action="numbers-wanted" label={chosen === null ? '手配を始める' : '手配し直す'}>
        {chosen === null ? null : (
          <p>
            足りない電話番号を取得し直します。種類を変えると、審査書類から始めます。持っている番号はそのままです。
          </p>
        )}
        <SelectField
          {...ask}
          value={ask.value === '' ? (chosen ?? '') : ask.value}
          label="番号の種類"
          required
          groups={[{ label: '日本の電話番号', choices }]}
          hint="料金は番号の種類によって違います。提供者の料金表で確認してから始めてください。"
        />
      </Form>
      {provisioning !== null && MAY_SUBMIT.includes(provisioning.bundleStatus) ? (
        <Form props={props} action="papers" label="審査に提出する">
          <p>
            提供者の管理画面（Regulatory Compliance）で、審査書類に利用者の情報と書類を付けてから提出します。
          </p>
          <CheckField
            {...submit}
            label="提出前の確認"
            required
            checked={submit.value === 'yes'}
            text="書類がそろい、サブアカウントのビジネスプロフィールが承認されていることを確認しました（承認前は同時通話が2件までです）"
          />
        </Form>
      ) : null}
      {provisioning === null ? null : (
        <Form props={props} action="look" label="いま確かめる">
          <p>提供者の状態をいま確かめ、進められる手順を進めます。</p>
        </Form>
      )}
    </>
  );
}

function Form({
  props: { path, csrf, draft, newId },
  action,
  label,
  children,
}: {
  props: ProvisioningPanelProps;
  action: 'numbers-wanted' | 'papers' | 'look';
  label: string;
  children: Child;
}) {
  const commandId = draft?.form === action ? draft.values.commandId : undefined;
  return (
    <form method="post" action={`${path}/${action}`} novalidate>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="commandId" value={commandId ?? newId()} />
      {children}
      <button class="button button-secondary" type="submit">
        {label}
      </button>
    </form>
  );
}
