import { HiddenValues } from '../../../application-form/fields.tsx';
import type { FormValues } from '../../../application-form/values.ts';
import { Facts } from '../../../components/facts.tsx';
import { staffPage } from '../../../components/layout.tsx';
import type { frame } from '../../console.ts';
import type { Uploads } from '../../desk/upload.ts';
import type { ContractView } from '../view.ts';
import type { RequestDraft } from './draft.ts';
import { requestFacts } from './facts.ts';
import { Attached } from './form-page.tsx';
import type { Outlook } from './outlook.ts';
import { OutlookPanel } from './outlook-panel.tsx';
import { REQUEST_FORMS } from './words.ts';

export interface RequestPreview {
  frame: ReturnType<typeof frame>;
  view: ContractView;
  draft: RequestDraft;
  outlook: Outlook;
  secondPerson: boolean;
  /** What the form carries on: typed values, the sealed scan, the command id and what was seen of the contract. */
  values: FormValues;
  uploads: Uploads;
  /** The contract changed while the page was open: it shows the new outlook. */
  stale: boolean;
}

/** この内容で受け付けると…: the answer before it is given. Nothing is written yet. */
export function requestPreviewPage(page: RequestPreview) {
  const { view, draft, outlook, secondPerson, values, uploads, stale } = page;
  const { contract, customer } = view.detail;
  const original = uploads.kept.length === 0 ? 'なし' : <Attached uploads={uploads} />;
  return staffPage({
    ...page.frame,
    title: `結果の確認：${REQUEST_FORMS[draft.kind].title}（${customer.name}）`,
    hasErrors: stale,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={`/staff/contracts/${contract.id}`}>{customer.name}の契約に戻る</a>
        </p>
        <h1>結果の確認</h1>
        {stale ? (
          <div class="error-summary" role="alert" tabindex={-1} autofocus>
            <h2>画面を開いたあとに契約の状態が変わりました</h2>
            <p>まだ受け付けていません。下の新しい結果を確認してから、もう一度送信してください。</p>
          </div>
        ) : null}
        <OutlookPanel title="この内容で受け付けると…" outlook={outlook} />
        {secondPerson && outlook.ok ? (
          <div class="notice">
            <p>
              <b>別の担当者の確認が必要です。</b>
              確認されるまで効力はありません。入力した人は確認できません（第10条）。
            </p>
          </div>
        ) : null}
        <h2 class="section-title">入力した内容</h2>
        <Facts facts={requestFacts(draft, view.detail, original)} />
        <form method="post" action={`/staff/contracts/${contract.id}/requests/new/${draft.kind}`}>
          <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
          <HiddenValues values={values} />
          <div class="actions">
            <button
              class={outlook.ok ? 'button button-primary' : 'button button-danger'}
              type="submit"
              name="step"
              value="submit"
            >
              {outlook.ok ? 'この内容で受け付ける' : '受付不可として記録する'}
            </button>
            <button class="button button-secondary" type="submit" name="step" value="edit">
              修正する
            </button>
          </div>
        </form>
      </div>
    ),
  });
}
