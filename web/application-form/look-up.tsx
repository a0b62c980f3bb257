import type { PostalAddress } from '../../domain/application/postal-places.ts';
import type { CorporationLookUp } from '../../gateway/registry.ts';
import { LOOK_UPS, type LookedUp } from './asked.ts';

/** Enter in a text field presses the first button of its form: this one goes on as the last one does. */
export function DefaultSubmit() {
  return (
    <button class="visually-hidden" type="submit" tabindex={-1}>
      次へ進む
    </button>
  );
}

/** The button behind the corporate number, and what the last look-up found, for the applicant to confirm. */
export function LookUp({ found }: { found: LookedUp | null }) {
  return (
    <div class="look-up">
      <button class="button button-secondary" type="submit" name="action" value={LOOK_UPS.corporateNumber}>
        法人番号から入力
      </button>
      {found?.of === 'corporateNumber' ? <Result result={found.result} /> : null}
    </div>
  );
}

/** The button behind the postal code, and what the last look-up found. */
export function PostalLookUp({ found, address }: { found: LookedUp | null; address: string }) {
  return (
    <div class="look-up">
      <button class="button button-secondary" type="submit" name="action" value={LOOK_UPS.postalCode}>
        住所を入力
      </button>
      {found?.of === 'postalCode' ? <PostalResult result={found.result} address={address} /> : null}
    </div>
  );
}

function PostalResult({ result, address }: { result: PostalAddress | null; address: string }) {
  if (result === null) {
    return (
      <p class="notice notice-warning" role="status" tabindex={-1} autofocus>
        この郵便番号の住所は見つかりませんでした。郵便番号を確認するか、住所の欄に直接入力してください。
      </p>
    );
  }
  return (
    <div class="notice" role="status" tabindex={-1} autofocus>
      <p>
        {address === result.address
          ? `住所の欄に「${result.address}」と入力しました。続きを入力してください。`
          : `住所の欄に入力があるため、変えていません。この郵便番号の住所は「${result.address}」です。`}
      </p>
      {result.choices.length === 0 ? null : (
        <p>この郵便番号には複数の町名があります：{result.choices.join('、')}</p>
      )}
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
