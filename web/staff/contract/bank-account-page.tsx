import { ACCOUNT_WARNINGS, type AccountWarning } from '../../../domain/billing/account-warnings.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { ChoiceField, FileField, TextAreaField, TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { frame } from '../console.ts';

export const ACCOUNT_LABELS = {
  bankCode: '銀行コード',
  branchCode: '支店コード',
  accountNumber: '口座番号',
} as const;

export interface BankAccountPage {
  frame: ReturnType<typeof frame>;
  contractId: string;
  customerName: string;
  values: Readonly<Record<string, string>>;
  errors: readonly FieldError[];
  warnings: readonly AccountWarning[];
  sealedUploads: string;
  /** Names of files that an earlier attempt of the form has brought. */
  kept: readonly string[];
}

/** Entry of the account that refunds of a contract go to, with its evidence and the answers to what is odd (第16条). */
export function bankAccountPage(page: BankAccountPage) {
  const { contractId, customerName, errors, warnings, sealedUploads, kept } = page;
  const field = typedFields(page);
  const text = (name: keyof typeof ACCOUNT_LABELS, hint: string) => (
    <TextField
      {...field(name)}
      label={ACCOUNT_LABELS[name]}
      required
      width="short"
      inputmode="numeric"
      hint={hint}
    />
  );
  return staffPage({
    ...page.frame,
    title: '返金の振込先',
    hasErrors: errors.length > 0,
    children: (
      <div class="narrow">
        <p class="eyebrow">
          <a href={`/staff/contracts/${contractId}`}>{customerName}の契約</a>
        </p>
        <h1>返金の振込先</h1>
        <p class="lead">
          廃止にともなう返金の振込先です（第16条）。お客様から届いた書面のとおりに入力してください。変更しても以前の登録は残ります。登録した人は、この振込先に支払う返金リストを承認できません。
        </p>
        <ErrorSummary errors={errors} />
        <form
          method="post"
          action={`/staff/contracts/${contractId}/bank-account`}
          enctype="multipart/form-data"
          novalidate
        >
          <input type="hidden" name="csrf" value={page.frame.signedIn.csrfToken} />
          <input type="hidden" name="uploads" value={sealedUploads} />
          {text('bankCode', '4桁の数字')}
          {text('branchCode', '3桁の数字')}
          <ChoiceField
            {...field('accountType')}
            label="預金種目"
            required
            choices={[
              { value: '1', label: '普通' },
              { value: '2', label: '当座' },
              { value: '4', label: '貯蓄' },
            ]}
          />
          {text('accountNumber', '7桁以内の数字')}
          <TextField
            {...field('holderKana')}
            label="口座名義（カナ）"
            required
            hint="通帳のとおりのカナ。例：カ）アオバシヨウカイ。小さいカナは大きいカナとして登録します。"
          />
          <FileField
            {...field('evidence')}
            label="お客様の届出"
            required
            hint={
              kept.length === 0
                ? '振込先が書かれた書面またはEメール。PDF、PNG、JPEG、TIFF、.eml。10MBまで。'
                : `添付済み：${kept.join('、')}。選び直すと置き換わります。`
            }
            accept=".pdf,.png,.jpg,.jpeg,.tif,.tiff,.eml"
          />
          {warnings.length === 0 ? null : (
            <>
              <div class="notice notice-warning">
                <ul>
                  {warnings.map((warning) => (
                    <li>{ACCOUNT_WARNINGS[warning]}</li>
                  ))}
                </ul>
              </div>
              <TextAreaField
                {...field('reason')}
                label="警告への回答"
                required
                rows={3}
                hint="お客様にどう確かめ、なぜこの口座でよいかを書いてください。承認者に示します。"
              />
            </>
          )}
          <button class="button button-primary" type="submit">
            振込先を登録する
          </button>
        </form>
      </div>
    ),
  });
}
