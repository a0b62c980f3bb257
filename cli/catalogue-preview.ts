import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import { type CatalogueFile, parseCatalogue } from '../db/queries/catalogue/import.ts';
import { previewCatalogue } from '../db/queries/read/catalogue-preview.ts';
import { formatYen } from '../domain/base/money.ts';
import { effectByPlan } from '../domain/billing/price-effect.ts';
import { type CivilDate, civilDate, formatDateJa, jstDate } from '../domain/calendar/civil-date.ts';
import { argument } from './argument.ts';
import { databaseOption } from './audit.ts';
import { withDatabase } from './database.ts';

const KINDS = { annual: '年額', monthly: '月額' } as const;

/** Adds `catalogue preview`: what a price list would change for whom, before it is loaded. */
export function registerCataloguePreview(catalogue: Command): void {
  catalogue
    .command('preview')
    .description('料金プランの版を登録したら、誰の料金がいつからどう変わるかを試算します（何も変更しません）')
    .argument('<FILE>', 'JSONファイル（samples/catalogue.json の形）')
    .option('--noticed-on <DATE>', '告知が届く日（省略時は今日）', argument(civilDate))
    .addOption(databaseOption())
    .action(async (file: string, options: { database: string; noticedOn?: CivilDate }, command: Command) => {
      const list = readFile(file, command);
      await withDatabase(options.database, async (db) => {
        const noticeOn = options.noticedOn ?? jstDate(Date.now());
        print(await previewCatalogue(db, list, noticeOn), command);
      });
    });
}

function readFile(file: string, command: Command): CatalogueFile {
  try {
    return parseCatalogue(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof z.ZodError) {
      const [issue] = error.issues;
      return command.error(
        `料金プランの形が違います：${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
      );
    }
    return command.error(`ファイル「${file}」を読めないか、JSONではありません。`);
  }
}

function print(preview: Awaited<ReturnType<typeof previewCatalogue>>, command: Command): void {
  const { file, known, missing, prices, usage, reach } = preview;
  console.log(`第${file.version}版（${formatDateJa(file.effectiveOn)}から）`);
  if (known) console.log('この版はすでに登録されています。登録しても、登録済みの内容は変わりません。');
  if (missing.length > 0) {
    command.error(`契約中のお客様がいる「${missing.join('」「')}」が、この料金表にありません。`);
  }
  for (const { name, before, after } of prices) {
    const price = (each: typeof after | null) =>
      each === null ? 'なし' : `年額${formatYen(each.annualFeeYen)}・月額${formatYen(each.monthlyFeeYen)}`;
    console.log(`料金\t${name}\t${price(before)} → ${price(after)}`);
  }
  for (const { name, before, after } of usage) {
    console.log(`通信費用\t${name}\t${before ?? 'なし'} → ${after}円`);
  }
  for (const plan of effectByPlan(reach)) {
    const counts = `値上げ${plan.dearer}・値下げ${plan.cheaper}・同じ${plan.same}・先に終了${plan.endsBefore}`;
    console.log(
      `プラン\t${plan.planName}（${KINDS[plan.kind]}）\t契約${plan.contracts}件（${counts}）\t${formatYen(plan.oldFeeYen)} → ${formatYen(plan.newFeeYen)}`,
    );
  }
  for (const { contractId, oldFeeYen, newFeeYen, from, endsBefore, chanceToCancel } of reach) {
    const when = endsBefore ? '契約が先に終了' : `${from}から`;
    const warning = endsBefore || chanceToCancel ? '' : '\t変更前に解約する余裕なし';
    console.log(`契約\t${contractId}\t${formatYen(oldFeeYen)} → ${formatYen(newFeeYen)}\t${when}${warning}`);
  }
  console.log(
    `契約${reach.length}件。登録しただけでは、契約中のお客様の料金は変わりません（料金変更の告知が要ります）。`,
  );
}
