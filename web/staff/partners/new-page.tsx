import { ErrorSummary } from '../../components/errors.tsx';
import type { TypedForm } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { frame } from '../console.ts';
import { DetailsFields, TermsFields } from './form.tsx';
import { PARTNERS_PATH } from './words.ts';

/** Registration of a partner with its first terms. */
export function newPartnerPage(props: {
  frame: ReturnType<typeof frame>;
  typed: TypedForm;
  newId: () => string;
}) {
  const { typed } = props;
  return staffPage({
    ...props.frame,
    title: 'パートナーの登録',
    hasErrors: typed.errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={PARTNERS_PATH}>サービスパートナー</a> / 登録
        </p>
        <h1>パートナーの登録</h1>
        <p class="lead">
          登録しただけでは、どの契約の請求も変わりません。契約をパートナーに移すときと、取引条件を変えるときは、別の担当者（承認者）が確認します。
        </p>
        <ErrorSummary errors={typed.errors} />
        <form method="post" action={PARTNERS_PATH} novalidate>
          <input type="hidden" name="csrf" value={props.frame.signedIn.csrfToken} />
          <input type="hidden" name="commandId" value={typed.values.commandId ?? props.newId()} />
          <DetailsFields typed={typed} corporate />
          <TermsFields typed={typed} />
          <button class="button button-primary" type="submit">
            パートナーを登録する
          </button>
        </form>
      </div>
    ),
  });
}
