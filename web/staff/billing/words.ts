import type { DraftFinding } from '../../../domain/billing/draft-checks.ts';

export const PATH = '/staff/billing';
export const RUNS_PATH = `${PATH}/runs`;

export const yenText = (yen: number): string => `${yen.toLocaleString('ja-JP')}円`;

/** Who pays a paper. */
export const payerText = (payer: string): string => (payer === 'customer' ? 'お客様' : payer);

/** What people should look at before they release a draft, in a sentence. */
export function findingText(finding: DraftFinding): string {
  switch (finding.kind) {
    case 'muchMore':
      return `先月（${yenText(finding.lastYen)}）の3倍を超えています。`;
    case 'payerChanged':
      return `支払者が先月の${payerText(finding.lastPayer)}から${payerText(finding.payer)}に変わりました。`;
    case 'registrationMissing':
      return finding.of === 'operator'
        ? '運営会社の登録番号（T＋13桁）が設定されていません。'
        : 'パートナーの登録番号（T＋13桁）がありません。';
    case 'partnerNamed':
      return '契約にサービスパートナーの名があります。お客様あての請求でよいか確かめてください。';
  }
}
