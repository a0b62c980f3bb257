import type { CivilDate } from '../domain/calendar/civil-date.ts';
import { japaneseDate, japaneseDateWithEra } from './japanese-date.ts';
import { type Column, type ColumnTableStyle, columnTable, columnTableRoom } from './pdf/column-table.ts';
import type { TaggedDocument } from './pdf/document.ts';
import {
  drawClosing,
  drawRecipient,
  drawSection,
  drawSectionTitle,
  type Operator,
  officialDocument,
  printedTexts,
  SANDBOX_MARK,
  TABLE,
} from './pdf/official.ts';

/** What was deleted in one store. */
export interface DeletedData {
  /** Where it was, in words for the customer: `業務データベース`, `ファイル保管庫`. */
  store: string;
  /** What kind of data: `通話履歴`, `録音ファイル`. */
  data: string;
  /** How many; 0 says that there was nothing. */
  count: number;
  /** What is counted: `件`, `ファイル`, `番号`. */
  unit: string;
  deletedOn: string;
}

/** What the law makes the operator keep, and until when. */
export interface KeptData {
  data: string;
  count: number;
  unit: string;
  reason: string;
  /** The law, or the clause: `法人税法施行規則第59条`, `利用規約第19条`. */
  basis: string;
  keptThrough: string;
}

/**
 * What a proof of deletion states (第22条6項). All dates are civil dates in Asia/Tokyo, `YYYY-MM-DD`. It is issued only when
 * the search after the deletion found nothing but the kept data, so it has no place for any other result.
 */
export interface DeletionProofPayload {
  proofNumber: string;
  issuedOn: CivilDate;
  contractNumber: string;
  companyId: string;
  customer: { name: string; corporateNumber: string };
  endedOn: string;
  /** The day on which the deletion fell due: the end and its days of grace. */
  dueOn: string;
  deletedOn: string;
  deleted: DeletedData[];
  kept: KeptData[];
  /** The search of every store afterwards; `kept` counts what was found there, all of it kept data. */
  search: { searchedOn: string; stores: { store: string; kept: number }[] };
  operator: Operator;
  /** Public page that tells whether this proof was issued by the operator. */
  verification?: { url: string };
  /** A proof of a test environment says so on its face. */
  sandbox: boolean;
}

const STYLE: ColumnTableStyle = {
  ...TABLE,
  label: { size: 8.5, color: TABLE.label.color ?? '' },
  value: { size: 9 },
};

/** Every text of a payload that the proof prints: what `missingGlyphs` must be asked about before issue. */
export function deletionProofTexts(payload: DeletionProofPayload): string[] {
  return printedTexts(payload);
}

/**
 * Draws the データ削除証明書 (第22条6項) as a tagged PDF (PDF/A-2a, PDF/UA-1). The same payload gives the same bytes. Throws where
 * no font has a character (ask `missingGlyphs(deletionProofTexts(payload))` first), where a date is no civil date, or
 * where the seal image cannot be read.
 */
export async function renderDeletionProof(payload: DeletionProofPayload): Promise<Uint8Array> {
  const { proofNumber, issuedOn, operator, verification } = payload;
  const name = 'データ削除証明書';
  return officialDocument(
    {
      name,
      title: `${name} ${proofNumber}${payload.sandbox ? '（テスト環境）' : ''}`,
      reference: `証明書番号 ${proofNumber}`,
      issuedOn,
      operator,
      mark: payload.sandbox ? SANDBOX_MARK : null,
      framed: true,
    },
    (document) => {
      const statement =
        '下記の利用契約の終了に伴い、当社がお預かりしていたお客様保有データを、下記のとおり削除したことを証明します。';
      drawRecipient(document, payload.customer.name, statement);
      drawSection(document, '対象の利用契約', [
        { label: '契約番号', value: [payload.contractNumber] },
        { label: '企業ID', value: [payload.companyId] },
        { label: '契約者', value: [payload.customer.name] },
        { label: '法人番号', value: [payload.customer.corporateNumber] },
        { label: '契約終了日', value: [japaneseDateWithEra(payload.endedOn)] },
        { label: '削除の期日', value: [japaneseDateWithEra(payload.dueOn)] },
        { label: '削除完了日', value: [japaneseDateWithEra(payload.deletedOn)] },
      ]);
      drawTable(document, '削除したデータ', DELETED_COLUMNS, payload.deleted.map(deletedRow));
      drawTable(document, '引き続き保存するデータ', KEPT_COLUMNS, payload.kept.map(keptRow));
      drawTable(
        document,
        `削除後の確認（${japaneseDateWithEra(payload.search.searchedOn)}に全保存先を検索）`,
        SEARCH_COLUMNS,
        payload.search.stores.map(searchRow),
      );
      drawClosing(document, {
        issuedOn,
        operator,
        note: '保存するデータは、記載の期限の経過後に削除します。この証明書の記載内容は、契約番号・企業IDを含めて秘密情報です（第12条2項）。',
        ...(verification === undefined
          ? {}
          : {
              verification: {
                ...verification,
                title: '証明書の確認',
                alt: '証明書を確認するページの二次元コード',
              },
            }),
      });
    },
  );
}

const DELETED_COLUMNS: readonly Column[] = [
  { label: '保存先', share: 0.28 },
  { label: 'データの種類', share: 0.36 },
  { label: '件数', share: 0.15, align: 'right' },
  { label: '削除日', share: 0.21 },
];
const KEPT_COLUMNS: readonly Column[] = [
  { label: 'データの種類', share: 0.19 },
  { label: '件数', share: 0.1, align: 'right' },
  { label: '保存する理由', share: 0.24 },
  { label: '根拠', share: 0.24 },
  { label: '保存期限', share: 0.23 },
];
const SEARCH_COLUMNS: readonly Column[] = [
  { label: '保存先', share: 0.4 },
  { label: '検索の結果', share: 0.6 },
];

const deletedRow = ({ store, data, count, unit, deletedOn }: DeletedData): string[] => [
  store,
  data,
  counted(count, unit),
  japaneseDate(deletedOn),
];

const keptRow = ({ data, count, unit, reason, basis, keptThrough }: KeptData): string[] => [
  data,
  counted(count, unit),
  reason,
  basis,
  `${japaneseDate(keptThrough)}まで`,
];

const searchRow = ({ store, kept }: { store: string; kept: number }): string[] => [
  store,
  kept === 0
    ? '該当するデータなし'
    : `上記の保存するデータ（${kept.toLocaleString('en-US')}件）のほかに、該当するデータなし`,
];

const counted = (count: number, unit: string): string => `${count.toLocaleString('en-US')}${unit}`;

/** An empty list is stated as such. */
function drawTable(
  document: TaggedDocument,
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): void {
  if (rows.length === 0) {
    drawSection(document, title, [{ label: 'データの種類', value: ['なし'] }]);
  } else {
    drawSectionTitle(document, title, columnTableRoom(STYLE));
    columnTable(document, columns, rows, STYLE);
  }
}
