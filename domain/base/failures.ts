/**
 * Types of `ApplicationFailure` that activities throw. Anything else that an activity throws is retried for ever,
 * so a failure that no retry can mend must have one of these types.
 */
export const FAILURE = {
  /** The input does not parse, or names something that does not exist. */
  invalidInput: 'InvalidInput',
  /** A certificate would have a hole: the fonts lack a character (第5条1項). */
  missingGlyph: 'MissingGlyph',
  /** The mail server refused the recipient for good. */
  mailRefused: 'MailRefused',
  /** A sandbox mail would have left for an address that is not on the allow list. */
  sandboxMailBlocked: 'SandboxMailBlocked',
  /** The telephony provider will say the same again: credentials, parameters, state of the account. */
  telephonyRefused: 'TelephonyRefused',
  /** A command came by Temporal's port that the console never wrote down. */
  madeUpCommand: 'MadeUpCommand',
  /** A reminder about money that was paid, is disputed or held back meanwhile: it stays in the house. */
  noLongerDue: 'NoLongerDue',
  /** No account at the telephony provider is set: staff do by hand what it would have done. */
  telephonyOff: 'TelephonyOff',
} as const;

export type FailureType = (typeof FAILURE)[keyof typeof FAILURE];

/** Failures that no retry can mend. */
export const NON_RETRYABLE: FailureType[] = Object.values(FAILURE);

/** Calls go on at the provider after a suspension: tried again, and they may have ended by then (第15条). */
export const CALLS_GO_ON = 'CallsGoOn';

/** Nothing is wrong: it will be tried again, and may work then. */
export const NOT_YET = 'NotYet';

/** Failures that our own code throws with a message of its own, which quotes ids only. */
export const OWN_FAILURES: readonly string[] = [...NON_RETRYABLE, NOT_YET, CALLS_GO_ON];
