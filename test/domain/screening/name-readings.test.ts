import { describe, expect, it } from 'vitest';
import names from '../../../domain/screening/ipadic/names.json' with { type: 'json' };
import { sharedReadings, spelledOtherwise } from '../../../domain/screening/name-readings.ts';
import { bareLetters, foldText } from '../../../domain/screening/text.ts';

const fold = (name: string): string => bareLetters(foldText(name));
const alike = (part: 'surnames' | 'given', a: string, b: string): boolean =>
  sharedReadings(part, fold(a), fold(b)).length > 0;

describe('names that sound alike, by the dictionary', () => {
  it.each(['雅人 雅仁', '恵子 啓子', '浩 弘', '純 淳', '健一 謙一', '幸子 佐知子', 'さくら 桜'])(
    'given names %s',
    (pair) => {
      const [a = '', b = ''] = pair.split(' ');
      expect(alike('given', a, b)).toBe(true);
      expect(alike('given', b, a)).toBe(true);
    },
  );
  it.each(['阿部 安部', '伊東 伊藤', '太田 大田', '佐藤 左藤', '渡辺 渡部', '中島 仲嶋'])(
    'surnames %s',
    (pair) => {
      const [a = '', b = ''] = pair.split(' ');
      expect(alike('surnames', a, b)).toBe(true);
    },
  );

  it('not those that share a rare reading only, lose a long vowel, or merely look alike', () => {
    expect(alike('given', '裕子', '啓子')).toBe(false);
    expect(alike('surnames', '大野', '小野')).toBe(false);
    expect(alike('given', '一郎', '二郎')).toBe(false);
    expect(alike('given', '美奈子', '加奈子')).toBe(false);
    expect(alike('surnames', '佐藤', '斉藤')).toBe(false);
  });

  it('finds the other spellings of a name, itself not among them', () => {
    const others = spelledOtherwise('surnames', '伊藤');
    expect(others).toContain('伊東');
    expect(others).not.toContain('伊藤');
    expect(spelledOtherwise('surnames', '無い名字')).toEqual([]);
  });
});

it('the dictionary holds names as they are folded now: dev/name-readings.ts writes it anew', () => {
  const written = [names.surnames, names.given]
    .flatMap((text) => text.split(','))
    .flatMap((group) => (group.split(':')[1] ?? '').split(' '))
    .map((name) => name.replace(/^-/, ''));
  expect(written.length).toBeGreaterThan(25_000);
  expect(written.filter((name) => fold(name) !== name)).toEqual([]);
});
