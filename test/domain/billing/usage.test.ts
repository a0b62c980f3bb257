import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../../domain/base/invalid-value.ts';
import { change, contract, date, linesOf, monthly, span } from './support.ts';

const used = (on: string, receivedOn: string, quantity: string, category = 'call') => ({
  on: date(on),
  receivedOn: date(receivedOn),
  category,
  quantity,
});

describe('postpaid usage (第6条6項)', () => {
  it('of the running month waits, although it was received before the run', () => {
    const facts = contract({
      usage: [used('2026-03-01', '2026-03-02', '10'), used('2026-02-28', '2026-03-02', '5')],
    });
    expect(linesOf(span('2026-03-01', '2026-04-30', facts))).toEqual([
      '2026-03-10 usage:call 41 2026-02-01..2026-02-28',
      '2026-04-10 usage:call 82 2026-03-01..2026-03-31',
    ]);
  });

  it('of one month has a line for each price, where the fees changed inside it', () => {
    const facts = monthly({
      firstDay: date('2026-02-15'),
      feeChanges: [{ version: 2, effectiveOn: date('2026-03-01'), noticedOn: date('2026-02-01') }],
      usage: [used('2026-03-14', '2026-03-14', '10'), used('2026-03-15', '2026-03-15', '10')],
    });
    const lines = linesOf(span('2026-04-01', '2026-04-30', facts)).filter((line) => line.includes('usage'));
    expect(lines).toEqual([
      '2026-04-10 usage:call 82 2026-03-01..2026-03-31',
      '2026-04-10 usage:call 91 2026-03-01..2026-03-31',
    ]);
  });

  it('that comes late, again and again, is billed once each time', () => {
    const late = ['2026-03-05', '2026-03-11', '2026-03-12', '2026-05-11'];
    const facts = contract({ usage: late.map((received) => used('2026-02-03', received, '0.5')) });
    expect(linesOf(span('2026-03-01', '2026-12-31', facts))).toEqual([
      '2026-03-10 usage:call 4.1 2026-02-01..2026-02-28',
      '2026-04-10 usage:call 8.2 2026-02-01..2026-02-28',
      '2026-06-10 usage:call 4.1 2026-02-01..2026-02-28',
    ]);
  });

  it('below a yen makes no document, and is not brought up again', () => {
    const facts = contract({
      usage: [used('2026-02-03', '2026-02-03', '0.1'), used('2026-03-03', '2026-03-03', '1')],
    });
    expect(linesOf(span('2026-03-01', '2026-12-31', facts))).toEqual([
      '2026-04-10 usage:call 8.2 2026-03-01..2026-03-31',
    ]);
  });

  it('stays on a corrected invoice and is not billed again after it', () => {
    const facts = contract({
      usage: [used('2026-12-03', '2026-12-03', '10'), used('2026-12-04', '2027-01-15', '1')],
      ends: [{ on: date('2027-01-20'), knownOn: date('2027-01-20') }],
    });
    expect(linesOf(span('2027-01-20', '2027-12-31', facts))).toEqual([
      '2027-01-20 usage:call 82 2026-12-01..2026-12-31',
      '2027-02-10 usage:call 8.2 2026-12-01..2026-12-31',
    ]);
  });

  it('without a price in the version that was held is refused', () => {
    const facts = contract({ usage: [used('2026-02-03', '2026-02-03', '1', 'fax')] });
    expect(() => span('2026-03-01', '2026-12-31', facts)).toThrow(InvalidValueError);
    expect(() => span('2026-03-01', '2026-12-31', facts)).toThrow('通信「fax」');
  });
});

describe('two changes for one day (第8条2項)', () => {
  it('arrived at one instant: the one entered later holds, whole', () => {
    const at = '2026-05-03T10:00:00+09:00';
    const plan = change(at, '2026-06-01', { planCode: 'premium' });
    const option = change(at, '2026-06-01', { options: [{ code: 'sms', quantity: 1 }] });
    const lines = (changes: (typeof plan)[]) =>
      linesOf(span('2026-05-01', '2026-12-31', contract({ changes })));
    expect(lines([plan, option])).toEqual(['2026-05-10 difference 40000 2026-06-01..2027-01-31']);
    expect(lines([option, plan])).toEqual(['2026-05-10 difference 80033 2026-06-01..2027-01-31']);
  });
});

describe('a span', () => {
  it('is of 30 years from the conclusion at most', () => {
    expect(() => span('2026-01-01', '2056-01-21', contract())).toThrow('30年間まで');
  });

  it('outside the holidays that are known is refused for its due dates', () => {
    expect(() => span('2050-07-01', '2051-02-20', monthly({ concludedOn: date('2050-06-01') }))).toThrow(
      InvalidValueError,
    );
  });
});
