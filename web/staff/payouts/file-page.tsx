import type { PayoutFileRow, ShownPayout } from '../../../db/queries/payout/read.ts';
import { SandboxMark, StatusBadge } from '../../components/badge.tsx';
import { ErrorSummary } from '../../components/errors.tsx';
import { Facts } from '../../components/facts.tsx';
import { CheckGroupField, TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import { Table } from '../../components/table.tsx';
import { dateText, instantText } from '../../format.ts';
import { actorName } from '../../glossary.ts';
import { yenText } from '../billing/words.ts';
import type { frame } from '../console.ts';
import type { Draft } from '../desk/draft.ts';
import { payerText } from '../payments/words.ts';
import { payoutColumns } from './list-page.tsx';
import { failedName, PAYOUT_FILES_PATH, payoutsHref } from './words.ts';

export interface PayoutFilePage {
  frame: ReturnType<typeof frame>;
  file: PayoutFileRow;
  rows: readonly ShownPayout[];
  /** Names of payers, and of staff. */
  names: ReadonlyMap<string, string>;
  staff: ReadonlyMap<string, string>;
  mayPay: boolean;
  draft: Draft | null;
  newId: () => string;
}

/** One file of transfers: taken out once, then confirmed or thrown away. */
export function payoutFilePage(page: PayoutFilePage) {
  const { file, rows, names, staff, mayPay, draft } = page;
  const { downloadedAt, downloadedBy, paidOn } = file;
  return staffPage({
    ...page.frame,
    title: '返金の振込データ',
    hasErrors: draft !== null,
    children: (
      <>
        <p class="eyebrow">
          <a href={payoutsHref(file.sandbox)}>返金の振込</a> / 振込データ
        </p>
        <h1>
          {dateText(file.transferOn)}の振込データ {file.sandbox ? <SandboxMark /> : null}
        </h1>
        <ErrorSummary errors={draft?.errors ?? []} />
        <section class="panel">
          <h2>
            内容 <StatusBadge kind="payoutFile" value={file.status} />
          </h2>
          <Facts
            facts={[
              { label: '件数と合計', value: `${file.payouts}件 ${yenText(file.totalYen)}` },
              {
                label: '作成',
                value: `${instantText(file.createdAt)} ${actorName(file.madeBy, staff)}`,
              },
              {
                label: 'ダウンロード',
                value:
                  downloadedAt === null || downloadedBy === null
                    ? 'まだです'
                    : `${instantText(downloadedAt)} ${actorName(downloadedBy, staff)}`,
              },
              ...(paidOn === null ? [] : [{ label: '振り込まれた日', value: dateText(paidOn) }]),
            ]}
          />
          <Table
            caption="この振込データの返金"
            rows={rows}
            empty="この振込データの返金は、振込待ちに戻りました。"
            columns={[
              ...payoutColumns(names),
              {
                head: '状態',
                cell: ({ payout }) => <StatusBadge kind="payout" value={payout.status} />,
              },
            ]}
          />
        </section>
        {mayPay && file.status === 'made' ? <NextStep {...page} /> : null}
      </>
    ),
  });
}

function NextStep(page: PayoutFilePage) {
  const { file, frame, newId } = page;
  const path = `${PAYOUT_FILES_PATH}/${file.id}`;
  const hidden = (
    <>
      <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
      <input type="hidden" name="commandId" value={newId()} />
    </>
  );
  return (
    <section class="panel panel-strong" id="decide">
      {file.downloadedAt === null ? (
        <>
          <h2>銀行に渡す</h2>
          <form method="post" action={`${path}/download`}>
            {hidden}
            <button class="button button-primary" type="submit">
              振込データをダウンロードする（一度だけ）
            </button>
          </form>
          <p>ダウンロードしたら、この画面を読み込み直してください。</p>
        </>
      ) : (
        <ConfirmForm {...page} />
      )}
      <details>
        <summary>この振込データを破棄する</summary>
        <p>銀行に渡していないことを確かめてください。返金は振込待ちに戻ります。</p>
        <form method="post" action={`${path}/discard`}>
          {hidden}
          <button class="button button-danger" type="submit">
            破棄する
          </button>
        </form>
      </details>
    </section>
  );
}

function ConfirmForm({ file, rows, names, frame, draft, newId }: PayoutFilePage) {
  const typed = draft?.form === 'confirm' ? draft : null;
  const field = typedFields(typed, 'confirm');
  return (
    <>
      <h2>銀行が振り込んだことを確かめる</h2>
      <form method="post" action={`${PAYOUT_FILES_PATH}/${file.id}/confirm`} novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={typed?.values.commandId ?? newId()} />
        <TextField
          {...field('paidOn')}
          value={typed?.values.paidOn ?? file.transferOn}
          label="振り込まれた日"
          required
          width="medium"
        />
        <CheckGroupField
          {...field('failed')}
          label="振り込まれなかったもの（振込待ちに戻ります）"
          required={false}
          choices={rows.map(({ payout: { id, payer, amountYen } }) => ({
            value: id,
            label: `${payerText(payer, names)} ${yenText(amountYen)}`,
          }))}
          chosen={rows.map(({ payout }) => payout.id).filter((id) => typed?.values[failedName(id)] === 'yes')}
        />
        <button class="button button-primary" type="submit">
          振込済みにして記帳する
        </button>
      </form>
    </>
  );
}
