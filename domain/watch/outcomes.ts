/** What a person may make of a case of the watchers (第18条2項). Suspensions are decided in their own process. */
export const WATCH_OUTCOMES = {
  none: '対応しない（違反ではない）',
  warned: 'お客様に注意した',
  suspended: '停止の手続きを始めた',
} as const;
