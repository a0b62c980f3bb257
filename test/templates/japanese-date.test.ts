import { describe, expect, it } from 'vitest';
import { japaneseDate, japaneseDateWithEra, japaneseDateWithWeekday } from '../../templates/japanese-date.ts';

describe('dates as people read them', () => {
  it('name the day written, whatever the zone of the host', () => {
    expect(japaneseDate('2026-12-01')).toBe('2026年12月1日');
    expect(japaneseDateWithWeekday('2026-12-01')).toBe('2026年12月1日（火）');
  });

  it('carry the era, the first year of which has its own word', () => {
    expect(japaneseDateWithEra('2026-12-01')).toBe('2026年12月1日（令和8年）');
    expect(japaneseDateWithEra('2019-05-01')).toBe('2019年5月1日（令和元年）');
    expect(japaneseDateWithEra('2019-04-30')).toBe('2019年4月30日（平成31年）');
  });

  it('are refused for text that is no date of the calendar', () => {
    for (const text of ['2026-02-29', '2026-2-1', '2026-12-01T00:00:00Z', ''])
      expect(() => japaneseDate(text)).toThrow();
  });
});
