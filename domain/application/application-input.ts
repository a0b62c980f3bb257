import { keysOf } from '../base/keys.ts';
import { isQuantity, MAX_LICENCES } from '../change/quantities.ts';
import { isCorporateNumber, normaliseCorporateNumber } from '../corporation/corporate-number.ts';
import { containsMyNumber } from '../data/my-number.ts';
import { firstNonKana, isKana, normaliseKana } from './kana.ts';
import {
  isEmail,
  isPhone,
  isPostalCode,
  normaliseEmail,
  normalisePhone,
  normalisePostalCode,
} from './numbers.ts';
import { MAX_OFFICERS, readOfficers } from './officers.ts';
import { beginsWithPrefecture } from './prefectures.ts';
import { characterCount, hasForbiddenCharacter, hasLink, visibleText } from './text.ts';

/** What an application says (第4条2項), in normal form. Empty text, and 0 licences, mean "not entered". */
export interface ApplicationInput {
  companyName: string;
  companyKana: string;
  corporateNumber: string;
  postalCode: string;
  address: string;
  phone: string;
  usePlace: string;
  usedInJapanOnly: boolean;
  representativeName: string;
  representativeKana: string;
  /** One officer on each line, as `readOfficers` takes them. */
  officersText: string;
  contactName: string;
  contactKana: string;
  contactEmail: string;
  contactPhone: string;
  secondContractReason: string;
  contractKind: string;
  planCode: string;
  options: { code: string; quantity: number }[];
  licences: number;
  communicationPayment: string;
  partnerName: string;
}

export type ApplicationField = keyof ApplicationInput;

export interface Problem {
  field: ApplicationField;
  code:
    | 'missing'
    | 'malformed'
    | 'checkDigit'
    | 'notJapan'
    | 'tooSmall'
    | 'tooLarge'
    | 'unknown'
    | 'tooLong'
    | 'forbiddenCharacter'
    | 'unprintable'
    | 'myNumber';
  /** Japanese, ready to be shown beside the field. */
  message: string;
  /** 第4条4項①: a false, mistaken or missing entry. */
  ground: 1;
}

/** Names of the fields in Japanese, as the form, the findings and the mails call them. */
export const FIELD_LABELS: Record<ApplicationField, string> = {
  corporateNumber: '法人番号',
  companyName: '会社名（登記上の商号）',
  companyKana: '会社名フリガナ',
  postalCode: '郵便番号',
  address: '本店所在地',
  phone: '代表電話番号',
  usePlace: '利用場所',
  usedInJapanOnly: '国内での利用',
  representativeName: '代表者氏名',
  representativeKana: '代表者フリガナ',
  officersText: '役員',
  contactName: '担当者氏名',
  contactKana: '担当者フリガナ',
  contactEmail: '担当者メールアドレス',
  contactPhone: '担当者電話番号',
  contractKind: '契約種別',
  planCode: '料金プラン',
  options: 'オプション',
  licences: 'ユーザーライセンス数',
  communicationPayment: '通信費の支払方法',
  partnerName: 'サービスパートナー名',
  secondContractReason: '追加契約の理由',
};

/** How traffic is paid for, in words (第6条). */
export const PAYMENT_LABELS = { prepaid: 'プリペイドチャージ', postpaid: '後払い' } as const;

type TextField = {
  [F in ApplicationField]: ApplicationInput[F] extends string ? F : never;
}[ApplicationField];

/** Longest text of each field, in characters. */
export const MAX_LENGTHS: Record<TextField, number> = {
  companyName: 120,
  companyKana: 160,
  corporateNumber: 13,
  postalCode: 8,
  address: 200,
  phone: 20,
  usePlace: 200,
  representativeName: 80,
  representativeKana: 120,
  officersText: 4000,
  contactName: 80,
  contactKana: 120,
  contactEmail: 254,
  contactPhone: 20,
  secondContractReason: 1000,
  contractKind: 20,
  planCode: 40,
  communicationPayment: 20,
  partnerName: 120,
};

const TEXT_FIELDS = keysOf(MAX_LENGTHS);
/**
 * Names and places: what documents print, screening compares, and mails in the operator's name repeat. They hold no link, and
 * only characters that can be printed.
 */
export const NAMES_AND_PLACES = [
  'companyName',
  'address',
  'usePlace',
  'representativeName',
  'officersText',
  'contactName',
  'partnerName',
] as const satisfies readonly TextField[];
const MULTILINE: readonly TextField[] = ['officersText', 'secondContractReason'];
/** Fields whose normal form is digits alone, where twelve digits are no My Number. */
const NUMBER_FIELDS: readonly TextField[] = ['corporateNumber', 'postalCode', 'phone', 'contactPhone'];
const REQUIRED: readonly TextField[] = [
  'companyName',
  'companyKana',
  'corporateNumber',
  'postalCode',
  'address',
  'phone',
  'usePlace',
  'representativeName',
  'representativeKana',
  'contactName',
  'contactKana',
  'contactEmail',
  'contactPhone',
  'contractKind',
  'planCode',
  'communicationPayment',
];
const CHOSEN: readonly TextField[] = ['contractKind', 'planCode', 'communicationPayment'];

const problem = (field: ApplicationField, code: Problem['code'], message: string): Problem => ({
  field,
  code,
  message,
  ground: 1,
});

/**
 * The input with every field in its normal form; names keep their characters, and nothing that nobody sees stays with
 * them. Columns pasted from a table come with tabs, which part an officer's particulars as 、 does.
 */
export function normaliseApplication(input: ApplicationInput): ApplicationInput {
  const seen: ApplicationInput = { ...input };
  for (const field of TEXT_FIELDS)
    seen[field] = visibleText(input[field].replace(/\t+/g, field === 'officersText' ? '、' : ' '));
  return {
    ...seen,
    companyKana: normaliseKana(input.companyKana),
    representativeKana: normaliseKana(input.representativeKana),
    contactKana: normaliseKana(input.contactKana),
    corporateNumber: normaliseCorporateNumber(input.corporateNumber),
    postalCode: normalisePostalCode(input.postalCode),
    phone: normalisePhone(input.phone),
    contactPhone: normalisePhone(input.contactPhone),
    contactEmail: normaliseEmail(input.contactEmail),
  };
}

/** What may not even be stored: control characters, text past its limit, a My Number in free text (第21条). */
export function checkStorable(input: ApplicationInput): Problem[] {
  const problems: Problem[] = [];
  for (const field of TEXT_FIELDS) {
    const text = input[field];
    const label = FIELD_LABELS[field];
    if (hasForbiddenCharacter(text, MULTILINE.includes(field))) {
      const message = MULTILINE.includes(field)
        ? `${label}に使えない文字（制御文字）が含まれています。`
        : `${label}に改行や使えない文字（制御文字）が含まれています。1行で入力してください。`;
      problems.push(problem(field, 'forbiddenCharacter', message));
    } else if (characterCount(text) > MAX_LENGTHS[field]) {
      problems.push(problem(field, 'tooLong', `${label}は${MAX_LENGTHS[field]}文字以内で入力してください。`));
    } else if (!NUMBER_FIELDS.includes(field) && containsMyNumber(text)) {
      const message = `${label}に個人番号（マイナンバー）と思われる12桁の数字があります。個人番号はお預かりできません。削除してください。`;
      problems.push(problem(field, 'myNumber', message));
    }
  }
  if (!(Number.isSafeInteger(input.licences) && input.licences <= MAX_LICENCES)) {
    problems.push(
      problem('licences', 'tooLarge', `ユーザーライセンス数は${MAX_LICENCES}以下の整数で入力してください。`),
    );
  }
  if (!input.options.every(({ quantity }) => isQuantity(quantity))) {
    problems.push(problem('options', 'malformed', 'オプションの数量は0以上の整数で入力してください。'));
  }
  return problems;
}

/**
 * Mistakes and gaps of an application in normal form (第4条4項①, 第3条), at most one for each field, in the order of
 * the form. They go back to the applicant for correction; whether an application is refused for them, people decide.
 */
export function checkApplication(input: ApplicationInput): Problem[] {
  const problems: Problem[] = [];
  for (const field of keysOf(FIELD_LABELS)) {
    const found = checkField(field, input);
    if (found !== null) problems.push(found);
  }
  return problems;
}

function checkField(field: ApplicationField, input: ApplicationInput): Problem | null {
  const label = FIELD_LABELS[field];
  if (isTextField(field) && REQUIRED.includes(field) && input[field] === '') {
    const message = CHOSEN.includes(field) ? `${label}を選択してください。` : `${label}を入力してください。`;
    return problem(field, 'missing', message);
  }
  if (isTextField(field) && NAMES_AND_PLACES.some((each) => each === field) && hasLink(input[field])) {
    return problem(field, 'malformed', `${label}にWebページのアドレス（URL）は入力できません。`);
  }
  switch (field) {
    case 'companyKana':
    case 'representativeKana':
    case 'contactKana':
      return checkKana(field, input[field]);
    case 'corporateNumber':
      return checkCorporateNumber(input.corporateNumber);
    case 'postalCode':
      return isPostalCode(input.postalCode)
        ? null
        : problem(field, 'malformed', '郵便番号は7桁の数字で入力してください（例：100-0005）。');
    case 'address':
      return beginsWithPrefecture(input.address)
        ? null
        : problem(field, 'notJapan', '本店所在地は、日本国内の住所を都道府県から入力してください（第3条）。');
    case 'phone':
    case 'contactPhone':
      return isPhone(input[field])
        ? null
        : problem(
            field,
            'malformed',
            `${label}は0から始まる10桁または11桁の番号で入力してください（例：03-1234-5678）。11桁は020・050・060・070・080・090と0800の番号だけです。`,
          );
    case 'contactEmail':
      return isEmail(input.contactEmail)
        ? null
        : problem(field, 'malformed', 'メールアドレスの形式が正しくありません（例：taro@example.co.jp）。');
    case 'usedInJapanOnly':
      return input.usedInJapanOnly
        ? null
        : problem(
            field,
            'notJapan',
            '本サービスは日本国内でのみ利用できます（第3条）。国内のみで利用することを確認してください。',
          );
    case 'officersText':
      return readOfficers(input.officersText).length > MAX_OFFICERS
        ? problem(field, 'tooLarge', `役員は${MAX_OFFICERS}名までで入力してください。`)
        : null;
    case 'contractKind':
      return oneOf(field, input.contractKind, ['annual', 'monthly']);
    case 'communicationPayment':
      return oneOf(field, input.communicationPayment, ['prepaid', 'postpaid']);
    case 'licences':
      return input.licences >= 1
        ? null
        : problem(field, 'tooSmall', 'ユーザーライセンス数は1以上の整数で入力してください。');
    case 'companyName':
    case 'usePlace':
    case 'representativeName':
    case 'contactName':
    case 'secondContractReason':
    case 'planCode':
    case 'options':
    case 'partnerName':
      return null;
  }
}

function checkKana(field: TextField, text: string): Problem | null {
  if (isKana(text)) return null;
  const wrong = firstNonKana(text);
  const named = wrong === null ? '' : `「${wrong}」は使えません。`;
  return problem(field, 'malformed', `${FIELD_LABELS[field]}はカタカナで入力してください。${named}`);
}

function checkCorporateNumber(number: string): Problem | null {
  if (!/^\d{13}$/.test(number)) {
    return problem('corporateNumber', 'malformed', '法人番号は13桁の数字で入力してください。');
  }
  if (isCorporateNumber(number)) return null;
  return problem(
    'corporateNumber',
    'checkDigit',
    '法人番号の検査用数字が合いません。番号に誤りがないか確認してください。',
  );
}

/** Plan and options must be in the catalogue that is on sale. */
export function checkAgainstCatalogue(
  input: ApplicationInput,
  catalogue: { plans: readonly { code: string }[]; options: readonly { code: string }[] },
): Problem[] {
  const problems: Problem[] = [];
  if (input.planCode !== '' && !catalogue.plans.some((plan) => plan.code === input.planCode)) {
    problems.push(problem('planCode', 'unknown', '選択された料金プランは現在お申し込みいただけません。'));
  }
  if (input.options.some((chosen) => !catalogue.options.some((option) => option.code === chosen.code))) {
    problems.push(problem('options', 'unknown', '選択されたオプションは現在お申し込みいただけません。'));
  }
  return problems;
}

function oneOf(field: TextField, value: string, allowed: readonly string[]): Problem | null {
  return allowed.includes(value)
    ? null
    : problem(field, 'unknown', `${FIELD_LABELS[field]}を選択してください。`);
}

function isTextField(field: ApplicationField): field is TextField {
  return field in MAX_LENGTHS;
}
