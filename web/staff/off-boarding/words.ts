import type { OffBoardingCause, OffBoardingStep } from '../../../domain/data/off-boarding.ts';

/** What each step is called, and what it does. */
export const STEP_LABELS: Record<OffBoardingStep, { label: string; about: string }> = {
  serviceOff: {
    label: 'サービスの停止',
    about: '電話サービスのサブアカウントを停止し、通話とSMSを止めます。',
  },
  accountsClosed: {
    label: '利用者アカウントの停止',
    about: 'Hasso の利用者アカウントは、このシステムの外にあります。製品の管理画面で停止してください。',
  },
  partnerTold: {
    label: 'サービスパートナーへの連絡',
    about: '契約の終了をサービスパートナーに連絡してください。連絡先はこのシステムに登録されていません。',
  },
  prepaidForfeited: {
    label: 'プリペイド残高の失効',
    about: '残高を台帳に記録して失効させます（第10条3項）。',
  },
  usageRead: {
    label: '利用量の読み取り（終了時）',
    about: '後払いの通信費用のため、最後の利用量を読み取ります。',
  },
  usageSettled: {
    label: '利用量の読み取り（確定）',
    about: '遅れて届いた分を含めて、利用量をもう一度読み取ります。',
  },
  numbersReleased: { label: '電話番号の返却', about: '電話サービス提供者に番号を返します（第11条2項）。' },
  subaccountClosed: {
    label: 'サブアカウントの閉鎖',
    about: '電話サービスのサブアカウントを閉じます。元には戻せません。',
  },
  statementSent: {
    label: '最終のご案内の送信',
    about: '料金の取り扱いを、登録された連絡先にメールで案内します。',
  },
};

/** Why a step is not over, for the person who is to mend it. */
export const CAUSE_LABELS: Record<OffBoardingCause, string> = {
  work: '担当者の作業を待っています。',
  unavailable: '電話サービスに接続できません。自動で再試行を続けています。',
  refused:
    '電話サービスが要求を受け付けませんでした。認証情報の設定と、電話サービスの管理画面でアカウントの状態を確認してください。',
  off: '電話サービスとの連携が設定されていません（TWILIO_ACCOUNT_SID）。電話サービスの管理画面で処理してください。',
  notRegistered:
    '電話番号がありますが、サブアカウントが登録されていません。登録してから再試行するか、電話サービスの管理画面で処理してください。',
  mailRefused:
    '宛先のメールサーバーが受け取りを拒否しました。連絡先を変更して再試行するか、郵送してください。',
};

const UNITS: Partial<Record<OffBoardingStep, string>> = {
  prepaidForfeited: '円',
  usageRead: '件の記録',
  usageSettled: '件の記録',
  numbersReleased: '番号',
};

/** What a step counted, in words; '' where it counts nothing. */
export function amountText(step: OffBoardingStep, amount: number | null): string {
  const unit = UNITS[step];
  return amount === null || unit === undefined ? '' : `${amount.toLocaleString('ja-JP')}${unit}`;
}
