import type { DeletionStep } from '../../../../domain/data/deletion.ts';
import { DATA_MAP_STORES, DATA_MAP_TABLES } from '../../../../domain/data-map/index.ts';

export const STEP_LABELS: Record<DeletionStep, string> = {
  rows: '表の行の削除と消去',
  files: 'ファイルの削除',
  outbox: '送信トレイの削除',
  executions: 'ワークフローの履歴の削除',
  search: '全保存先の検索',
  proof: '証明書の発行',
  mail: '証明書の送付',
  keys: '暗号鍵の破棄',
  forget: '検索の語と送付先の破棄',
};

const STORES: Readonly<Record<string, string>> = {
  storage: '保存ファイル',
  outbox: '送信トレイ',
  workflow: 'ワークフローの履歴',
  logs: 'ログ',
};

/** The Japanese name of a table, a column of one, or another store. */
export function storeTitle(store: string): string {
  const [table = ''] = store.split('.');
  return (
    STORES[store] ??
    DATA_MAP_TABLES[table]?.title ??
    DATA_MAP_STORES[store]?.title ??
    (store.startsWith('step:')
      ? `手順「${STEP_LABELS[store.slice(5) as DeletionStep] ?? store}」の失敗`
      : store)
  );
}
