import type { CorporationLookUp } from '../../gateway/registry.ts';
import type { FormValues } from './values.ts';

/** The value of a form's `action` that asks for a look-up instead of the next step. */
export const LOOK_UP = 'lookUp';

/** The form's values with what the registry says of the corporation; what it does not say stays as typed. */
export function fillIn(values: FormValues, result: CorporationLookUp): FormValues {
  if (!result.found) return values;
  const { name, kana, postalCode, address } = result;
  const said = { companyName: name, companyKana: kana, postalCode, address };
  return { ...values, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== '')) };
}

/** Enter in a text field presses the first button of its form: this one goes on as the last one does. */
export function DefaultSubmit() {
  return (
    <button class="visually-hidden" type="submit" tabindex={-1}>
      次へ進む
    </button>
  );
}

/** The button behind the corporate number, and what the last look-up found, for the applicant to confirm. */
export function LookUp({ result }: { result: CorporationLookUp | null }) {
  return (
    <div class="look-up">
      <button class="button button-secondary" type="submit" name="action" value={LOOK_UP}>
        法人番号から入力
      </button>
      {result === null ? null : <Result result={result} />}
    </div>
  );
}

function Result({ result }: { result: CorporationLookUp }) {
  if (!result.found) {
    return (
      <p class="notice notice-warning" role="status" tabindex={-1} autofocus>
        {result.message}
      </p>
    );
  }
  return (
    <div class="notice" role="status" tabindex={-1} autofocus>
      <h3>この法人です</h3>
      <p>
        <b>{result.name}</b>
        <br />
        {result.address === ''
          ? '国内の所在地の登録がありません'
          : `〒${result.postalCode} ${result.address}`}
      </p>
      <p>
        国税庁に登録された名称と所在地を下の欄に入力しました。違う法人のときは、番号を確認してもう一度押してください。欄の内容は修正できます。
      </p>
      {result.closed ? <p>この法人の登記記録は閉鎖されています。番号を確認してください。</p> : null}
    </div>
  );
}
