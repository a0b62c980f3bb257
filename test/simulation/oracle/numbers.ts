/** 2, 3: a 法人番号 has 13 digits, the first of which checks the rest: 9 − Σ(digit × 1 or 2, from the right) mod 9. */
export function isCorporateNumber(text: string): boolean {
  if (!/^\d{13}$/.test(text)) return false;
  return Number(text[0]) === corporateCheckDigit(text.slice(1));
}

export function corporateCheckDigit(twelve: string): number {
  const sum = [...twelve].reduce(
    (total, digit, at) => total + Number(digit) * ((11 - at) % 2 === 0 ? 1 : 2),
    0,
  );
  return 9 - (sum % 9);
}

/** 21: whether a text holds a My Number, 12 digits with a right check digit, with or without separators. */
export function holdsMyNumber(text: string): boolean {
  const runs = text.normalize('NFKC').match(/\d(?:[-\s‐－]?\d)*/g) ?? [];
  return runs.some((run) => isMyNumber(run.replace(/\D/g, '')));
}

function isMyNumber(digits: string): boolean {
  if (digits.length !== 12) return false;
  const sum = [...digits.slice(0, 11)].reduce((total, digit, at) => {
    const fromRight = 11 - at;
    return total + Number(digit) * (fromRight <= 6 ? fromRight + 1 : fromRight - 5);
  }, 0);
  const rest = sum % 11;
  return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest);
}

/** 6: lines of one rate: net is the sum, rounded once, and the tax on it, rounded once. Prices are decimal strings. */
export function invoiceSums(lines: readonly { unitPrice: string; quantity: number }[]) {
  const scaled = lines.map(({ unitPrice, quantity }) => {
    const [whole = '0', fraction = ''] = unitPrice.split('.');
    return { units: BigInt(whole + fraction.padEnd(6, '0')) * BigInt(quantity) };
  });
  const million = 1_000_000n;
  const net = Number(scaled.reduce((total, { units }) => total + units, 0n) / million);
  const tax = Math.floor(net / 10);
  return { net, tax, total: net + tax };
}
