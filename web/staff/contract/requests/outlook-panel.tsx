import type { Step } from '../../../../domain/base/explain.ts';
import { Steps } from '../../../components/steps.tsx';
import type { Outlook } from './outlook.ts';

/** What would happen, why on that day, and what follows; a renewal in spite of a cancellation stands out. */
export function OutlookPanel({ title, outlook }: { title: string; outlook: Outlook }) {
  if (!outlook.ok) {
    const { message, clause, reasons } = outlook.refusal;
    return (
      <section class="outlook outlook-refused" aria-label={title}>
        <h2>{title}</h2>
        <p class="outlook-answer">
          受け付けられません。{message}
          {clause === undefined ? null : <span class="clause">{clause}</span>}
        </p>
        {reasons === undefined || reasons.length === 0 ? null : (
          <>
            <h3>理由</h3>
            <Steps steps={reasons} />
          </>
        )}
      </section>
    );
  }
  const { date, message, renews, reasons, consequences } = outlook;
  return (
    <section class="outlook" aria-label={title}>
      <h2>{title}</h2>
      <p class="outlook-answer">{message}</p>
      {renews === null ? null : <RenewsWarning steps={renews} />}
      <h3>{date === null ? '理由' : 'なぜこの日か'}</h3>
      <Steps steps={reasons} />
      {consequences.length === 0 ? null : (
        <>
          <h3>あわせて起きること</h3>
          <Steps steps={consequences} />
        </>
      )}
    </section>
  );
}

/** 更新後に終了: said before it happens (第5条3項, 第10条1項). */
export function RenewsWarning({ steps }: { steps: readonly Step[] }) {
  return (
    <div class="notice notice-warning" role="note">
      <p>
        <b>更新後に終了します（解約済みだが更新される）</b>
      </p>
      <p>今の期間のうちには終わりません。更新後の期間の料金が発生することを、お客様に確認してください。</p>
      {steps.length === 0 ? null : <Steps steps={steps} />}
    </div>
  );
}
