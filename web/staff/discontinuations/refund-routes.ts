import type { Context } from 'hono';
import { refundBatchesOf } from '../../../db/queries/discontinuation/batches.ts';
import { batchRows } from '../../../db/queries/discontinuation/contracts.ts';
import { recordDownload } from '../../../db/queries/discontinuation/download.ts';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { ACCOUNT_WARNINGS } from '../../../domain/billing/account-warnings.ts';
import { zenginFile } from '../../../domain/billing/zengin.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { csvFile } from '../../http/csv.ts';
import { readDay } from '../../http/dates.ts';
import { attachment } from '../../http/download.ts';
import { Problem } from '../../http/problem.ts';
import type { Routes } from '../../routes.ts';
import { idParam } from '../console.ts';
import { payerOf } from './payer.ts';
import { PATH } from './words.ts';

const HEAD = [
  '契約番号',
  'お客様',
  '銀行コード',
  '支店コード',
  '預金種目',
  '口座番号',
  '口座名義',
  '利用料金の返金（円）',
  '消費税（円）',
  'プリペイド残高の返金（円）',
  '返金額（円）',
  '振込先の警告',
  '警告への回答',
];
const ACCOUNT_TYPE_LABELS = { '1': '普通', '2': '当座', '4': '貯蓄' } as const;

/** The files of a list of refunds: readable for whoever approves it, and the bank's once it is approved (第16条). */
export function refundRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const id = idParam(c, 'id');
    const batch = (await refundBatchesOf(db, id)).find((list) => String(list.batch) === c.req.param('batch'));
    if (batch === undefined) throw new Problem(404);
    return { id, batch, rows: await batchRows(db, { discontinuationId: id, batch: batch.batch }) };
  };
  const downloaded = (c: Context<WebEnv>, id: string, batch: number, file: 'list' | 'transfer') =>
    recordDownload(db, { discontinuationId: id, batch, file, staffId: c.get('signedIn').staff.id });

  app.get(
    `${PATH}/:id/refunds/:batch{[0-9]+}/list.csv`,
    { right: 'downloadRefunds', shows: 'refunds' },
    async (c) => {
      const { id, batch, rows } = await load(c);
      await downloaded(c, id, batch.batch, 'list');
      const sums = [
        rows.reduce((sum, { feeYen }) => sum + feeYen, 0),
        rows.reduce((sum, { taxYen }) => sum + taxYen, 0),
        rows.reduce((sum, { balanceYen }) => sum + balanceYen, 0),
        rows.reduce((sum, { totalYen }) => sum + totalYen, 0),
      ];
      return csvFile(c, `返金リスト_第${batch.batch}回.csv`, [
        HEAD,
        ...rows.map(({ account, ...row }) => [
          row.contractNumber,
          row.customerName,
          account.bankCode,
          account.branchCode,
          ACCOUNT_TYPE_LABELS[account.accountType],
          account.accountNumber,
          account.holderKana,
          ...[row.feeYen, row.taxYen, row.balanceYen, row.totalYen],
          account.warnings.map((warning) => ACCOUNT_WARNINGS[warning]).join(''),
          account.answer,
        ]),
        ['合計', `${rows.length}件`, '', '', '', '', '', ...sums, '', ''],
      ]);
    },
  );

  app.get(
    `${PATH}/:id/refunds/:batch{[0-9]+}/transfer.txt`,
    { right: 'downloadRefunds', shows: 'refunds' },
    async (c) => {
      const { id, batch, rows } = await load(c);
      const link = { href: `${PATH}/${id}#refunds`, label: '返金の一覧に戻る' };
      if (batch.approvedBy === null) {
        throw new Problem(409, { message: '返金リストが承認されるまで、振込データは作れません。', link });
      }
      const on = readDay(c.req.query('on') ?? '');
      if (on === null) throw new Problem(422, { message: '振込指定日を年月日で入力してください。', link });
      const payer = payerOf(deps.config);
      if (payer === null) {
        const message =
          '振込元の口座が設定されていません（設定 REFUND_PAYER）。管理者に連絡してください。一覧（CSV）はダウンロードできます。';
        throw new Problem(422, { message, link });
      }
      const transfers = rows.map(({ account, totalYen, contractNumber }) => ({
        account,
        amountYen: totalYen,
        reference: contractNumber,
      }));
      try {
        const bytes = zenginFile(payer, on, transfers);
        await downloaded(c, id, batch.batch, 'transfer');
        const fileName = `furikomi_${on}_${batch.batch}.txt`;
        return attachment(c, bytes, { fileName, contentType: 'text/plain; charset=Shift_JIS' });
      } catch (error) {
        if (!(error instanceof InvalidValueError)) throw error;
        throw new Problem(422, { message: error.message, link });
      }
    },
  );
}
