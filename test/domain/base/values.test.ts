import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actorId, refuse } from '../../../domain/base/answers.ts';
import {
  addDecimals,
  decimal,
  decimalText,
  multiplyDecimals,
  wholePart,
} from '../../../domain/base/decimal.ts';
import { kanjiDigits, kanjiNumber, weightedSum } from '../../../domain/base/digits.ts';
import { ALLOWED, explained, reasonLines, refused, step } from '../../../domain/base/explain.ts';
import { createGate } from '../../../domain/base/gate.ts';
import { keysOf, recordOf } from '../../../domain/base/keys.ts';
import { requireYen, shareOfYen, taxOn, taxWithin, yenOf } from '../../../domain/base/money.ts';
import { safeError, safeErrorLine } from '../../../domain/base/safe-error.ts';
import { whyUnreachable } from '../../../domain/base/unreachable.ts';

describe('decimal numbers are exact', () => {
  test.each([
    ['8.2', 82n, 1],
    ['-8.20', -820n, 2],
    ['１２．５', 125n, 1],
    [' 7 ', 7n, 0],
    [0.1, 1n, 1],
    [9_007_199_254_740_991, 9_007_199_254_740_991n, 0],
  ])('%j', (value, units, scale) => {
    expect(decimal(value)).toEqual({ units, scale });
  });

  test.each(['', '1,000', '1e3', '.5', '5.', '--1', '1 2', 1e21, 1e-7, 2 ** 53, Number.NaN, -(2 ** 53)])(
    '%j is none',
    (value) => {
      expect(() => decimal(value)).toThrow(RangeError);
    },
  );

  test('added, multiplied, cut off and written without zeros at the end', () => {
    expect(addDecimals(decimal('1.05'), decimal('2.5'))).toEqual({ units: 355n, scale: 2 });
    expect(addDecimals(decimal('2.5'), decimal('1.05'))).toEqual({ units: 355n, scale: 2 });
    expect(multiplyDecimals(decimal('1.5'), decimal('-0.02'))).toEqual({ units: -30n, scale: 3 });
    expect(wholePart(decimal('11.99'))).toBe(11n);
    expect(wholePart(decimal('-11.99'))).toBe(-11n);
    expect(['11437.30', '0.05', '-0.50', '100', '3.000'].map((text) => decimalText(decimal(text)))).toEqual([
      '11437.3',
      '0.05',
      '-0.5',
      '100',
      '3',
    ]);
  });
});

describe('yen', () => {
  test('are whole, 0 or more, and small enough to be exact', () => {
    expect(() => requireYen(0, '料金')).not.toThrow();
    for (const wrong of [-1, 0.5, 2 ** 53, Number.NaN])
      expect(() => requireYen(wrong, '料金')).toThrow('料金');
    expect(yenOf(9_007_199_254_740_991n)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => yenOf(9_007_199_254_740_992n)).toThrow(RangeError);
    expect(() => yenOf(-9_007_199_254_740_992n)).toThrow(RangeError);
  });

  test('in shares lose what is below one, however big they are', () => {
    expect(shareOfYen(100, 2, 3)).toBe(66);
    expect(shareOfYen(Number.MAX_SAFE_INTEGER, 11, 12)).toBe(8_256_599_316_845_908);
  });

  test.each([
    ['floor', 15, 1],
    ['round', 14, 1],
    ['round', 15, 2],
    ['ceil', 11, 2],
    ['ceil', 10, 1],
    ['floor', -15, -1],
    ['round', -15, -2],
    ['ceil', -11, -2],
  ] as const)('tax by %s on %i: %i', (rounding, net, tax) => {
    expect(taxOn(net, 10, rounding)).toBe(tax);
  });

  test('hold their tax: total × 10 ÷ 110', () => {
    expect(taxWithin(1_100)).toBe(100);
    expect(taxWithin(1_109)).toBe(100);
    expect(taxWithin(1_105, 10, 'round')).toBe(100);
    expect(taxWithin(1_106, 10, 'round')).toBe(101);
    expect(taxWithin(1_080, 8)).toBe(80);
  });
});

describe('digits', () => {
  test('are weighted from the last one on', () => {
    expect(weightedSum('123', (position) => position)).toBe(3 * 1 + 2 * 2 + 1 * 3);
    expect(weightedSum('', () => 1)).toBe(0);
  });

  test.each([
    ['二十八', '28'],
    ['千五十', '1050'],
    ['百', '100'],
    ['三百二十', '320'],
    ['一九八一', '1981'],
    ['二○零〇', '2000'],
    ['十', '10'],
    ['一千九百八十一', '1981'],
  ])('%s is %s', (kanji, digits) => {
    expect(kanjiNumber(kanji)).toBe(digits);
  });

  test('one by one as kanji', () => {
    expect(kanjiDigits('120')).toBe('一二〇');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (number) => {
        expect(kanjiNumber(kanjiDigits(String(number)))).toBe(String(number));
      }),
    );
  });
});

describe('what rules answer', () => {
  test('a verdict with the clause that it rests on, its steps before it', () => {
    expect(ALLOWED).toEqual({ allowed: true });
    expect(refused('第8条3項', 'いいえ', step('まず'))).toEqual({
      value: { allowed: false, clause: '第8条3項' },
      steps: [{ text: 'まず' }, { text: 'いいえ', clause: '第8条3項' }],
    });
    expect(explained(1, step('a'), step('b', '第1条'))).toEqual({
      value: 1,
      steps: [{ text: 'a' }, { text: 'b', clause: '第1条' }],
    });
    expect(reasonLines([step('a'), step('b', '第1条')])).toEqual(['a', '第1条：b']);
  });

  test('a refusal names its clause where there is one', () => {
    expect(refuse('invalid', 'だめ')).toEqual({ ok: false, code: 'invalid', message: 'だめ' });
    expect(refuse('invalid', 'だめ', '第1条')).toEqual({
      ...{ ok: false, code: 'invalid', message: 'だめ' },
      clause: '第1条',
    });
  });

  test('staff are recorded by their id, others as what they are', () => {
    expect(actorId({ kind: 'staff', id: 'sato' })).toBe('sato');
    expect(actorId({ kind: 'applicant' })).toBe('applicant');
    expect(actorId({ kind: 'system' })).toBe('system');
  });

  test('names and values of objects', () => {
    expect(keysOf({ a: 1, b: 2 })).toEqual(['a', 'b']);
    expect(recordOf(['a', 'b'], (name) => `${name}!`)).toEqual({ a: 'a!', b: 'b!' });
  });
});

describe('a gate', () => {
  test('lets so many in at a time, the others in their order, also past one that fails', async () => {
    const gate = createGate(2);
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const job = (n: number) => async () => {
      inside += 1;
      most = Math.max(most, inside);
      order.push(n);
      await Promise.resolve();
      inside -= 1;
      if (n === 1) throw new Error('one');
      return n;
    };
    const results = await Promise.allSettled([0, 1, 2, 3, 4].map((n) => gate(job(n))));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'fulfilled',
    ]);
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    expect(await gate(job(9))).toBe(9);
  });
});

describe('what is said of an error outside', () => {
  class QueryError extends Error {}

  test('class and innermost code, never its message', () => {
    const inner = Object.assign(new Error('password of sato'), { code: 'ECONNREFUSED' });
    const error = new QueryError('insert sato@example.co.jp', { cause: inner });
    expect(safeError(error)).toMatchObject({ type: 'QueryError', code: 'ECONNREFUSED' });
    expect(safeErrorLine(error)).toBe('QueryError (ECONNREFUSED)');
    expect(JSON.stringify(safeError(error))).not.toContain('sato');
  });

  test('the innermost of several codes; one that is no code is none', () => {
    const outer = Object.assign(new Error('x', { cause: { code: '23505' } }), { code: 'EOUTER' });
    expect(safeError(outer).code).toBe('23505');
    expect(safeError({ code: 'sato@example.co.jp' }).code).toBe('');
    expect(safeError({ code: 7 }).code).toBe('');
    expect(safeError(Object.assign(new Error('x'), { code: 'A'.repeat(61) })).code).toBe('');
  });

  test('a code of OpenSSL, which may be long, is told, and in words where there are some', () => {
    const wanted = { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' };
    expect(safeError(wanted).code).toBe(wanted.code);
    expect(whyUnreachable(wanted)).toMatch(/^the server wants a certificate of this side/);
  });

  test('anything that was thrown has a class; a name that is no word is not repeated', () => {
    expect(safeErrorLine('text')).toBe('string');
    expect(safeErrorLine(null)).toBe('object');
    expect(safeErrorLine(undefined)).toBe('undefined');
    expect(safeErrorLine(Object.assign(new Error('x'), { name: 'TimeoutError' }))).toBe('TimeoutError');
    expect(safeErrorLine(Object.assign(new Error('x'), { name: 'of sato@example.co.jp' }))).toBe('Error');
  });

  test('where it was thrown, without lines of the message that look like places', () => {
    const error = new Error('first\n    at sato (mail of 03-1234)\nlast');
    const { frames } = safeError(error);
    expect(frames).toContain('values.test.ts');
    expect(frames).not.toMatch(/sato|first|last/);
    expect(frames.split('\n').every((line) => line.startsWith('    at '))).toBe(true);
    expect(safeError('text').frames).toBe('');
  });

  test('a chain that bites its tail ends', () => {
    const error: Error & { cause?: unknown } = new Error('x');
    error.cause = error;
    expect(safeError(error).type).toBe('Error');
  });
});
