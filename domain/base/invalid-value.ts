/**
 * A value that no rule can work with: an impossible date, an instant without a zone, an amount that is no whole yen.
 * The message is a Japanese sentence and may be shown to staff and customers as it stands.
 */
export class InvalidValueError extends RangeError {
  override readonly name: string = 'InvalidValueError';
}
