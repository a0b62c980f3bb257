/**
 * What the watchers look for, with the clause of 第18条1項 (`18-10` = ⑩). `excusable`: whether an exception that was recorded
 * beforehand can take a match away; calls to emergency numbers, withheld numbers and relayed messages have none, several
 * contracts have their stated reason.
 */
export const WATCH_RULES = {
  load: { clause: '18-9', excusable: true },
  emergencyCalls: { clause: '18-10', excusable: false },
  withheldCallerId: { clause: '18-11', excusable: false },
  smsRelay: { clause: '18-12', excusable: false },
  bulkSms: { clause: '18-22', excusable: true },
  numberPurchases: { clause: '18-24', excusable: true },
  numberCycles: { clause: '18-24', excusable: true },
  shortCalls: { clause: '18-25', excusable: true },
  simultaneousCalls: { clause: '18-27', excusable: true },
  severalContracts: { clause: '18-28', excusable: false },
  numbersOverLimit: { clause: '18-28', excusable: true },
} as const satisfies Record<string, { clause: string; excusable: boolean }>;

export type WatchRule = keyof typeof WATCH_RULES;

export function isWatchRule(name: string): name is WatchRule {
  return Object.hasOwn(WATCH_RULES, name);
}
