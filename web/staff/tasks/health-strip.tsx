import { nearInstantText } from '../../format.ts';
import { CaseLink, differenceText } from '../reconciliation/words.tsx';
import type { Health } from './health.ts';

/** For whoever keeps the system going: whether procedures do what the records say; where not, which, why in words, and the way there. */
export function HealthStrip({ figures, differences, config }: Health) {
  const { told, unanswered, comparedAt } = figures;
  const troubles = [
    ...(told === 0 ? [] : [`止まっているか、記録と違う状態の手続きが${told}件あります`]),
    ...(unanswered === 0 ? [] : [`応答のない操作が${unanswered}件あります（自動で送り直しています）`]),
  ];
  const compared =
    comparedAt === null ? 'まだ照合していません' : `最後の照合 ${nearInstantText(new Date(comparedAt))}`;
  return (
    <>
      <p class={troubles.length === 0 ? 'health' : 'health notice notice-warning'}>
        <b>{troubles.length === 0 ? '手続きに異常はありません' : troubles.join('。')}</b>
        <span>{compared}</span>
        <a href="/staff/reconciliation">{troubles.length === 0 ? '記録の照合を見る' : '対象と原因を見る'}</a>
      </p>
      {differences.length === 0 ? null : (
        <ul class="health-causes">
          {differences.map((row) => (
            <li>
              {row.found.map((each) => (
                <p>{differenceText(row.kind, each)}</p>
              ))}
              <CaseLink row={row} config={config} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
