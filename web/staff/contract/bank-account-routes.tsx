import type { Context } from 'hono';
import { findBankAccount, setBankAccount } from '../../../db/queries/bank-account/set.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { toHalfWidth } from '../../../domain/application/text.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { ACCOUNT_TYPES, type BankAccount, checkBankAccount } from '../../../domain/billing/zengin.ts';
import { ErrorSummary, type FieldError } from '../../components/errors.tsx';
import { ChoiceField, TextField, typedFields } from '../../components/field.tsx';
import { staffPage } from '../../components/layout.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { type Form, readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { choiceOf, frame, idParam } from '../console.ts';

const LABELS = { bankCode: '銀行コード', branchCode: '支店コード', accountNumber: '口座番号' } as const;

/** Where refunds of a contract go to, entered by billing (第16条). */
export function bankAccountRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;
  const path = '/staff/contracts/:id/bank-account';

  const render = async (
    c: Context<WebEnv>,
    values: Readonly<Record<string, string>>,
    errors: readonly FieldError[],
  ) => {
    const detail = await readContractDetail(db, idParam(c, 'id'));
    if (detail === null) throw new Problem(404, { message: 'この契約は見つかりません。' });
    const { contract, customer } = detail;
    const field = typedFields({ values, errors });
    const text = (name: keyof typeof LABELS, hint: string) => (
      <TextField
        {...field(name)}
        label={LABELS[name]}
        required
        width="short"
        inputmode="numeric"
        hint={hint}
      />
    );
    const page = staffPage({
      ...frame(c, deps, 'contracts'),
      title: '返金の振込先',
      hasErrors: errors.length > 0,
      children: (
        <div class="narrow">
          <p class="eyebrow">
            <a href={`/staff/contracts/${contract.id}`}>{customer.name}の契約</a>
          </p>
          <h1>返金の振込先</h1>
          <p class="lead">
            廃止にともなう返金の振込先です（第16条）。お客様から届いた書面のとおりに入力してください。変更しても以前の登録は残ります。
          </p>
          <ErrorSummary errors={errors} />
          <form method="post" action={`/staff/contracts/${contract.id}/bank-account`} novalidate>
            <input type="hidden" name="csrf" value={c.get('signedIn').csrfToken} />
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
            <button class="button button-primary" type="submit">
              振込先を登録する
            </button>
          </form>
        </div>
      ),
    });
    return c.html(page, errors.length > 0 ? 422 : 200);
  };

  app.get(path, { right: 'enterBankAccount', shows: 'bankAccount' }, async (c) => {
    const known = await findBankAccount(db, idParam(c, 'id'));
    const {
      bankCode = '',
      branchCode = '',
      accountType = '',
      accountNumber = '',
      holderKana = '',
    } = known ?? {};
    return render(c, { bankCode, branchCode, accountType, accountNumber, holderKana }, []);
  });

  app.post(path, { right: 'enterBankAccount', shows: 'bankAccount' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const contractId = idParam(c, 'id');
    const read = readAccount(form);
    if ('errors' in read) return render(c, form.texts(), read.errors);
    const enteredBy = c.get('signedIn').staff.id;
    await setBankAccount(db, { contractId, account: read.account, enteredBy });
    return c.redirect(`/staff/contracts/${contractId}`, 303);
  });
}

/** The account of a posted form; each error at its field. */
function readAccount(form: Form): { account: BankAccount } | { errors: FieldError[] } {
  const digits = (name: keyof typeof LABELS) => toHalfWidth(form.text(name)).replace(/[\s-]/g, '');
  const typed = {
    bankCode: digits('bankCode'),
    branchCode: digits('branchCode'),
    accountNumber: digits('accountNumber'),
    holderKana: form.text('holderKana').normalize('NFKC'),
  };
  const accountType = choiceOf(form.text('accountType'), ACCOUNT_TYPES);
  const valid = {
    bankCode: '0001',
    branchCode: '001',
    accountType: '1' as const,
    accountNumber: '1',
    holderKana: 'ア',
  };
  const errors: FieldError[] = [];
  for (const field of ['bankCode', 'branchCode', 'accountNumber', 'holderKana'] as const) {
    try {
      checkBankAccount({ ...valid, [field]: typed[field] });
    } catch (error) {
      if (!(error instanceof InvalidValueError)) throw error;
      errors.push({ field, message: error.message });
    }
  }
  if (accountType === null) errors.push({ field: 'accountType', message: '預金種目を選択してください。' });
  if (errors.length > 0 || accountType === null) return { errors };
  return { account: checkBankAccount({ ...typed, accountType }) };
}
