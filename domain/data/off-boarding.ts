import type { offBoardingProcess } from '../processes/off-boarding.ts';

/**
 * What is done when a contract has ended (第10条3項, 第11条2項, 第22条), in the order of the list; work by hand goes on beside
 * the rest. What cannot be taken back comes last.
 */
export const OFF_BOARDING_STEPS = [
  'serviceOff',
  'accountsClosed',
  'partnerTold',
  'usageRead',
  'usageSettled',
  'prepaidForfeited',
  'numbersReleased',
  'subaccountClosed',
  'statementSent',
] as const;
export type OffBoardingStep = (typeof OFF_BOARDING_STEPS)[number];

export type OffBoardingState = keyof typeof offBoardingProcess.statuses.offBoarding;

/**
 * Why a step is not done yet: a person's own work, the provider away, a refusal, telephony off, a contract with numbers but
 * no subaccount on record, a mail that nobody takes.
 */
export type OffBoardingCause = 'work' | 'unavailable' | 'refused' | 'off' | 'notRegistered' | 'mailRefused';

/** Days after the end on which usage is read for the last time, unless the policy says otherwise. */
export const DEFAULT_LATE_USAGE_DAYS = 5;
