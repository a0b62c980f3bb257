import { addDays, type CivilDate, civilDate, formatDateJa } from '../calendar/civil-date.ts';
import type { InvoiceIssuer, RegistryAnswer } from '../corporation/registry.ts';
import { type InvoiceRegistration, isRegistered } from './draft-checks.ts';

/** Qualified invoices exist since this day; a registration that is set counts from then on. */
const FIRST_DAY: CivilDate = civilDate('2023-10-01');
const ACCOUNT_TYPES: Readonly<Record<string, string>> = { 1: '普通', 2: '当座', 4: '貯蓄' };

/** Who issues invoices, and where they are paid to. */
export interface Issuer {
  operator: { name: string; address: string; sealImagePath?: string };
  contact: string;
  registrationNumber: string | null;
  account: {
    bankCode: string;
    bank: string;
    branchCode: string;
    branch: string;
    type: string;
    typeName: string;
    number: string;
    holder: string;
  } | null;
}

/** Settings of those names; their form is checked where they are read. */
export interface IssuerSettings {
  OPERATOR_NAME: string;
  OPERATOR_ADDRESS: string;
  OPERATOR_SEAL_IMAGE?: string | undefined;
  SUPPORT_CHANNEL: string;
  SUPPORT_HOURS: string;
  INVOICE_ISSUER_NUMBER?: string | undefined;
  INVOICE_BANK_ACCOUNT?: string | undefined;
}

/** The issuer by the settings. */
export function issuerOf(settings: IssuerSettings): Issuer {
  const { OPERATOR_SEAL_IMAGE: seal, INVOICE_BANK_ACCOUNT: text } = settings;
  const [bankCode = '', bank = '', branchCode = '', branch = '', type = '', number = '', ...holder] =
    text?.split(':') ?? [];
  const account = { bankCode, bank, branchCode, branch, type, number, holder: holder.join(':') };
  return {
    operator: {
      name: settings.OPERATOR_NAME,
      address: settings.OPERATOR_ADDRESS,
      ...(seal === undefined ? {} : { sealImagePath: seal }),
    },
    contact: `お問い合わせ ${settings.SUPPORT_CHANNEL}（${settings.SUPPORT_HOURS}）`,
    registrationNumber: settings.INVOICE_ISSUER_NUMBER ?? null,
    account: text === undefined ? null : { ...account, typeName: ACCOUNT_TYPES[type] ?? '普通' },
  };
}

/** Where customers pay to, in one line; null where no account is set. */
export function payToOf({ account }: Issuer): string | null {
  if (account === null) return null;
  const { bank, branch, typeName, number, holder } = account;
  return `${bank} ${branch} ${typeName} ${number} ${holder}`;
}

/** The registration of the operator or a partner as the registry publishes it; as it is set where nobody can be asked. */
export function registrationOf(
  { registrationNumber: number }: Pick<Issuer, 'registrationNumber'>,
  answer: RegistryAnswer<InvoiceIssuer>,
): InvoiceRegistration | null {
  if (number === null || answer.state === 'notFound') return null;
  if (answer.state !== 'found') return { number, from: FIRST_DAY, to: null };
  const { registeredOn, endedOn } = answer.record;
  return {
    number,
    from: civilDate(registeredOn),
    to: endedOn === '' ? null : addDays(civilDate(endedOn), -1),
  };
}

/** Why papers of a day cannot be released yet, in a sentence; null when they can (第6条2項). */
export function releaseHindrance(
  { registrationNumber, account }: Issuer,
  registration: InvoiceRegistration | null,
  issuedOn: CivilDate,
): string | null {
  if (registrationNumber === null) {
    return '適格請求書発行事業者の登録番号が設定されていません（設定 INVOICE_ISSUER_NUMBER）。設定してから発行してください。';
  }
  if (account === null) {
    return 'お客様の振込先の口座が設定されていません（設定 INVOICE_BANK_ACCOUNT）。設定してから発行してください。';
  }
  if (!isRegistered(registration, issuedOn)) {
    return `登録番号${registrationNumber}は、${formatDateJa(issuedOn)}の時点で適格請求書発行事業者として公表されていないか、失効しています。登録を確かめてから発行してください。`;
  }
  return null;
}
