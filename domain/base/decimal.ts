import { InvalidValueError } from './invalid-value.ts';

/** An exact decimal number: `units ÷ 10^scale`. */
export type Decimal = { units: bigint; scale: number };

const PATTERN = /^(-?)(\d{1,30})(?:\.(\d{1,15}))?$/;

/**
 * Reads a decimal text ('8.2', full-width digits too) or a number that a double holds exactly as written.
 * Throws InvalidValueError for anything else: separators, exponents, whole numbers beyond 2^53.
 */
export function decimal(value: string | number): Decimal {
  const text = typeof value === 'number' ? String(value) : value.normalize('NFKC').trim();
  const match = PATTERN.exec(text);
  if (!match || (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER)) {
    throw new InvalidValueError(
      `「${value}」は数として読めません。「8.2」のような10進数で指定してください。`,
    );
  }
  const [, sign = '', whole = '', fraction = ''] = match;
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: a.units * tenTo(scale - a.scale) + b.units * tenTo(scale - b.scale), scale };
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** The whole part; what is below 1 is cut off, for negative numbers too. */
export function wholePart({ units, scale }: Decimal): bigint {
  return units / tenTo(scale);
}

/** '11437.3': no exponent, no zeros at the end. */
export function decimalText({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${whole}${scale > 0 && fraction !== '' ? `.${fraction}` : ''}`;
}

function tenTo(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}
