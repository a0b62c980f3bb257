import { TextAreaField, typedFields } from '../../components/field.tsx';
import { hasRole, MAY } from '../rights.ts';
import type { DiscontinuationPage } from './record-page.tsx';
import { PATH } from './words.ts';

/** Until the last day: figures anew as another version, and calling it off with notice (第16条). */
export function ActionsPanel({ page }: { page: DiscontinuationPage }) {
  const { detail, frame } = page;
  if (detail.row.status !== 'announced') return null;
  const { staff } = frame.signedIn;
  return (
    <>
      {hasRole(staff, MAY.recomputeDiscontinuation) ? (
        <ReasonForm
          page={page}
          form="recompute"
          title="計算をやり直す"
          lead="いまの契約の内容と、お知らせが実際に届いた日で計算し、新しい版として残します。まだ届いていないお客様は未到達として計算します。"
          submit="新しい版を作る"
        />
      ) : null}
      {hasRole(staff, MAY.cancelDiscontinuation) ? (
        <ReasonForm
          page={page}
          form="cancel"
          title="廃止を取りやめる"
          lead="契約期間の短縮を元に戻し、新しい申込の受付を再開し、お知らせしたお客様に取り消しを通知します。"
          submit="取りやめの確認を別の承認者に依頼する"
        />
      ) : null}
    </>
  );
}

function ReasonForm(props: {
  page: DiscontinuationPage;
  form: 'recompute' | 'cancel';
  title: string;
  lead: string;
  submit: string;
}) {
  const { page, form, title, lead, submit } = props;
  const { detail, draft, frame, newId } = page;
  const mine = draft?.form === form ? draft : null;
  return (
    <details class="panel" open={mine !== null && mine.errors.length > 0}>
      <summary>{title}</summary>
      <p>{lead}</p>
      <form method="post" action={`${PATH}/${detail.row.id}/${form}`} novalidate>
        <input type="hidden" name="csrf" value={frame.signedIn.csrfToken} />
        <input type="hidden" name="commandId" value={mine?.values.commandId ?? newId()} />
        <TextAreaField {...typedFields(mine, form)('reason')} label="理由" required rows={2} />
        <button class="button button-secondary" type="submit">
          {submit}
        </button>
      </form>
    </details>
  );
}
