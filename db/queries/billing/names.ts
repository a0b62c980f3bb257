import { asc } from 'drizzle-orm';
import { PREPAID_USE } from '../../../domain/billing/usage-statement.ts';
import type { Executor } from '../../client.ts';
import { options, plans, usagePrices } from '../../schema/index.ts';

/** What stands on a paper for an item of a line, and what of it is counted. */
export interface ItemName {
  name: string;
  unit: string;
}

const FIXED: readonly (readonly [string, ItemName])[] = [
  ['licence', { name: '追加ユーザーライセンス', unit: '件' }],
  ['difference', { name: '契約内容の変更による差額', unit: '式' }],
  ['uncovered', { name: '通信費用（プリペイド残高で賄えなかった分）', unit: '式' }],
  ['topUp', { name: 'プリペイドチャージ', unit: '式' }],
  [PREPAID_USE, { name: '通信の利用（プリペイド）', unit: '式' }],
  ['refund', { name: '廃止に伴う利用料金の返金', unit: '式' }],
  ['shortened', { name: '利用料金（サービス最終日まで）', unit: '式' }],
];

/** Names of all items of lines, plans and options by the newest price list that has them. */
export async function itemNames(db: Executor): Promise<(item: string) => ItemName> {
  const [planRows, optionRows, usageRows] = await Promise.all([
    db.select({ code: plans.code, name: plans.name }).from(plans).orderBy(asc(plans.catalogueVersion)),
    db
      .select({ code: options.code, name: options.name })
      .from(options)
      .orderBy(asc(options.catalogueVersion)),
    db.select().from(usagePrices).orderBy(asc(usagePrices.catalogueVersion)),
  ]);
  const names = new Map<string, ItemName>([
    ...FIXED,
    ...planRows.map(
      ({ code, name }) => [`plan:${code}`, { name: `料金プラン ${name}`, unit: '式' }] as const,
    ),
    ...optionRows.map(
      ({ code, name }) => [`option:${code}`, { name: `オプション ${name}`, unit: '件' }] as const,
    ),
    ...usageRows.map(
      ({ category, name, unit }) => [`usage:${category}`, { name: `通信費用 ${name}`, unit }] as const,
    ),
  ]);
  return (item) => names.get(item) ?? { name: item, unit: '式' };
}
