import { bareLetters, foldText } from '../screening/text.ts';
import { sameLot } from './address.ts';
import { spellOutForms } from './legal-forms.ts';

/** A corporation as the National Tax Agency publishes it. Dates are 'YYYY-MM-DD', empty text means "not stated". */
export interface Corporation {
  number: string;
  name: string;
  kana: string;
  postalCode: string;
  /** Prefecture, city and street in one; empty for a foreign corporation. */
  address: string;
  /** Address outside Japan, as registered. */
  addressOutside: string;
  /** Kind of corporation: 101 state … 301 株式会社 … 401 foreign. */
  kind: string;
  closedOn: string;
  /** The corporation that this one was merged into. */
  successor: string;
  formerNames: string[];
  formerAddresses: string[];
}

/** A qualified invoice issuer as published. */
export interface InvoiceIssuer {
  number: string;
  name: string;
  tradeName: string;
  formerName: string;
  registeredOn: string;
  /** When the registration was cancelled or ran out. */
  endedOn: string;
}

/** Why the registry gave no answer: it could not be reached, it refused us (settings), it sent something unreadable. */
export type RegistryFailure = 'unreachable' | 'refused' | 'malformed';

/** What a look-up came to. `fetchedMs` is the age of the answer: it may come from the cache. */
export type RegistryAnswer<T> =
  | { state: 'found'; record: T; fetchedMs: number }
  | { state: 'notFound'; fetchedMs: number }
  | { state: 'noKey' }
  | { state: 'failed'; reason: RegistryFailure };

/** Something for staff: never a refusal by itself (第2条1項, 第4条4項①). */
export interface RegistryFinding {
  code:
    | 'notLookedUp'
    | 'notReached'
    | 'notFound'
    | 'closed'
    | 'merged'
    | 'foreign'
    | 'nameDiffers'
    | 'formerName'
    | 'addressDiffers'
    | 'formerAddress';
  outcome: 'review' | 'note';
  field: 'corporateNumber' | 'companyName' | 'address';
  message: string;
  /** What the registry says; empty where it says nothing. */
  registered: string;
}

const finding = (
  code: RegistryFinding['code'],
  field: RegistryFinding['field'],
  message: string,
  registered = '',
  outcome: RegistryFinding['outcome'] = 'review',
): RegistryFinding => ({ code, outcome, field, message, registered });

const FAILURES: Record<RegistryFailure, string> = {
  unreachable: '国税庁の法人番号システムに接続できませんでした。',
  refused: '国税庁の法人番号システムに照会を拒否されました（アプリケーションIDの設定をご確認ください）。',
  malformed: '国税庁の法人番号システムの応答を読み取れませんでした。',
};

/**
 * Compares an application, whose number has a right check digit, with the registry (第2条1項, 第3条). Differences in width,
 * old characters, spaces and the way to write a lot number are none.
 */
export function registryFindings(
  application: { companyName: string; address: string },
  answer: RegistryAnswer<Corporation>,
): RegistryFinding[] {
  switch (answer.state) {
    case 'noKey':
      return [
        finding(
          'notLookedUp',
          'corporateNumber',
          '法人番号は検査用数字だけを確認しました（国税庁には照会していません）。',
          '',
          'note',
        ),
      ];
    case 'failed':
      return [
        finding(
          'notReached',
          'corporateNumber',
          `${FAILURES[answer.reason]}法人番号公表サイトで、名称・所在地・閉鎖の有無を確認してください。`,
        ),
      ];
    case 'notFound':
      return [
        finding(
          'notFound',
          'corporateNumber',
          'この法人番号は、国税庁の法人番号公表サイトに見つかりません。',
        ),
      ];
    case 'found':
      return compare(application, answer.record);
  }
}

function compare(
  application: { companyName: string; address: string },
  record: Corporation,
): RegistryFinding[] {
  return [
    ...standing(record),
    ...nameFindings(application.companyName, record),
    ...addressFindings(application.address, record),
  ];
}

function standing(record: Corporation): RegistryFinding[] {
  const found: RegistryFinding[] = [];
  if (record.successor !== '') {
    const message = `この法人は合併等により消滅し、承継法人（法人番号${record.successor}）が登録されています。`;
    found.push(finding('merged', 'corporateNumber', message, record.successor));
  } else if (record.closedOn !== '') {
    const message = `この法人の登記記録は${record.closedOn}に閉鎖されています。`;
    found.push(finding('closed', 'corporateNumber', message, record.closedOn));
  }
  if (record.kind === '401' || record.addressOutside !== '') {
    const message = '外国会社等、または国外の所在地で登録されている法人です（第3条）。';
    found.push(finding('foreign', 'corporateNumber', message, record.addressOutside));
  }
  return found;
}

function nameFindings(name: string, record: Corporation): RegistryFinding[] {
  const key = nameKey(name);
  if (key === '' || record.name === '' || key === nameKey(record.name)) return [];
  return record.formerNames.some((former) => nameKey(former) === key)
    ? [
        finding(
          'formerName',
          'companyName',
          '会社名が変更前の商号です。現在の登録名称をご確認ください。',
          record.name,
        ),
      ]
    : [finding('nameDiffers', 'companyName', '会社名が国税庁の登録名称と異なります。', record.name)];
}

function addressFindings(address: string, record: Corporation): RegistryFinding[] {
  if (address === '' || record.address === '' || sameLot(address, record.address)) return [];
  return record.formerAddresses.some((former) => sameLot(address, former))
    ? [
        finding(
          'formerAddress',
          'address',
          '本店所在地が移転前の所在地です。現在の登録所在地をご確認ください。',
          record.address,
        ),
      ]
    : [finding('addressDiffers', 'address', '本店所在地が国税庁の登録所在地と異なります。', record.address)];
}

/** The letters of a company name with its form written out; the form's place counts, it is part of the registered name. */
function nameKey(name: string): string {
  return bareLetters(spellOutForms(foldText(name)));
}
