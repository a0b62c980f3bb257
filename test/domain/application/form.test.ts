import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkFormLine, type FormAnswer } from '../../../cli/form.ts';
import type { ApplicationField } from '../../../domain/application/application-input.ts';
import { isKana, normaliseKana } from '../../../domain/application/kana.ts';
import { isPhone, normalisePhone } from '../../../domain/application/numbers.ts';
import { visibleText } from '../../../domain/application/text.ts';

interface FieldCase {
  id: string;
  field: ApplicationField;
  input: string;
  expect: string;
  kind: string;
}

const cases = JSON.parse(
  readFileSync(new URL('../../data/field/fields/cases.json', import.meta.url), 'utf8'),
) as FieldCase[];

const check = (field: string, input: string): FormAnswer => checkFormLine({ [field]: input }, false);
const stored = (field: string, input: string): unknown => {
  const answer = check(field, input);
  return 'stored' in answer ? answer.stored[field as ApplicationField] : answer.errors;
};

/** What the case asks for: the value in front of a remark in brackets, the input itself, or null for a refusal. */
function wanted({ expect: words, input }: FieldCase): string | null {
  if (words.startsWith('refused')) return null;
  if (words === 'taken as written') return input;
  return words.replace(/ \(.*$/, '');
}

describe('what people typed and what the form made of it', () => {
  it.each(cases)('$id $kind: $input', (one) => {
    const answer = check(one.field, one.input);
    if (one.expect.startsWith('named and refused at the form, or taken out')) {
      const value = 'stored' in answer ? String(answer.stored[one.field]) : '';
      expect(value).not.toMatch(/[\p{Cf}\p{Co}]/u);
      if (value === '') expect('errors' in answer && answer.errors[one.field]).toMatch(/U\+/);
      return;
    }
    const value = wanted(one);
    if (value === null) expect('errors' in answer && answer.errors[one.field]).toMatch(/。$/);
    else expect(answer).toEqual({ stored: { [one.field]: value } });
  });
});

it.each([
  ['サ－ビスツユクサ', 'サービスツユクサ'],
  ['ツユクサカ\u3099', 'ツユクサガ'],
  ['カ\u309bラスコウボウ', 'ガラスコウボウ'],
])('walk i1: a reading as an input method or a paste gives it: %s', (typed, reading) => {
  for (const field of ['companyKana', 'representativeKana']) expect(stored(field, typed)).toBe(reading);
});

describe('nothing that nobody sees is stored with a name', () => {
  it.each([
    ['zero width space', '\u200b'],
    ['joiner', '\u200d'],
    ['word joiner', '\u2060'],
    ['direction mark', '\u200e'],
    ['direction override', '\u202e'],
    ['isolate', '\u2068'],
    ['byte order mark', '\ufeff'],
    ['soft hyphen', '\u00ad'],
    ['Arabic letter mark', '\u061c'],
    ['Hangul filler', '\u3164'],
    ['Mongolian separator', '\u180e'],
    ['empty braille cell', '\u2800'],
    ['language tag', '\u{e0001}'],
    ['combining grapheme joiner', '\u034f'],
    ['selector behind kana', '\ufe0f'],
  ])('%s', (_, character) => {
    for (const text of [`あ${character}い`, `${character}あい`, `あい${character}`])
      expect(stored('companyName', `株式会社${text}`)).toBe('株式会社あい');
    expect(stored('officersText', `佐藤${character}花子、取締役`)).toBe('佐藤花子、取締役');
  });

  it('thin and hard spaces become plain ones, the full-width one stays', () => {
    expect(stored('representativeName', '山田\u00a0太郎')).toBe('山田 太郎');
    expect(stored('representativeName', '山田\u2009太郎')).toBe('山田 太郎');
    expect(stored('representativeName', '山田\u3000太郎')).toBe('山田\u3000太郎');
  });

  it('columns pasted from a table keep their parts', () => {
    expect(stored('officersText', '佐藤花子\tサトウハナコ\t取締役')).toBe('佐藤花子、サトウハナコ、取締役');
    expect(stored('companyName', '株式会社\tあい')).toBe('株式会社 あい');
  });

  it('names keep their characters: old forms, marks, a known shape of a kanji, decomposed kana', () => {
    for (const name of ['髙﨑㈱', '葛\u{e0100}城工業', '𠮷野家', '神\ufa19', 'カ\u3099ラス堂'])
      expect(stored('companyName', name)).toBe(name);
  });

  it('is stable: a second look takes nothing more', () => {
    for (const text of ['葛\u{e0100}\u{e0101}城', ' \u200b あ', '\ufe0f\ufe0f神\ufe00'])
      expect(visibleText(visibleText(text))).toBe(visibleText(text));
  });
});

describe('what no document can show is told at the form, by field and character', () => {
  it.each([
    ['companyName', '株式会社\ue000空', 'U+E000'],
    ['companyName', '株式会社\u{f0001}空', 'U+F0001'],
    ['companyName', '株式会社あおぞら👍', '「👍」（U+1F44D）'],
    ['companyName', '葛\u{e01ef}城工業', 'U+845B U+E01EF'],
    ['representativeName', '한국 太郎', '「한」（U+D55C）'],
    ['contactName', '山田\ue005', 'U+E005'],
    ['officersText', '佐藤\ue005花子、取締役', 'U+E005'],
    ['address', '東京都千代田区\ue005町1-2', 'U+E005'],
  ])('%s %s', (field, input, named) => {
    const answer = check(field, input);
    expect('errors' in answer && answer.errors[field]).toContain(named);
  });
});

describe('フリガナ in whatever way it is typed', () => {
  it.each([
    ['が\u3099', 'ガ\u3099'],
    ['カ\u3099', 'ガ'],
    ['か\u3099', 'ガ'],
    ['カ゛', 'ガ'],
    ['か゛', 'ガ'],
    ['ｶ゛', 'ガ'],
    ['カﾞ', 'ガ'],
    ['ハ゜ハ゛', 'パバ'],
    ['ウ゛', 'ヴ'],
    ['サ～ビス', 'サービス'],
    ['サ〜ビス', 'サービス'],
    ['サ─ビス', 'サービス'],
    ['サ一ビス', 'サービス'],
    ['サ﹘ビス', 'サービス'],
    ['アオ／ソラ', 'アオ／ソラ'],
    ['アオ/ソラ', 'アオ/ソラ'],
    ['ジョン゠スミス', 'ジョン゠スミス'],
    ['アオ・ソラ', 'アオ・ソラ'],
    ['ｱｵ･ｿﾗ', 'アオ・ソラ'],
  ])('%s', (typed, normal) => expect(normaliseKana(typed)).toBe(normal));

  it.each(['アオ゛', 'キ゜', '青空', '아오', ''])('%j is none', (text) =>
    expect(isKana(normaliseKana(text))).toBe(false),
  );

  it('names the character that is none', () => {
    const answer = check('companyKana', 'アオ空');
    expect('errors' in answer && answer.errors.companyKana).toContain('「空」');
  });
});

describe('a phone number in any separators, with words around it, in the lengths of Japan', () => {
  it.each([
    '03-1234-5678',
    '０３－１２３４－５６７８',
    '03 1234 5678',
    '03.1234.5678',
    '03/1234/5678',
    '03_1234_5678',
    '03・1234・5678',
    '03ー1234ー5678',
    '(03)1234-5678',
    '+81-3-1234-5678',
    '+81 (0)3 1234 5678',
    'TEL 03-1234-5678',
    'ＴＥＬ：03-1234-5678',
    '電話：03-1234-5678',
    '03-1234-5678（代表）',
    '03-1234-5678(代)',
    '03-1234-5678　代表',
    '03-1234-5678 内線12',
    '03-1234-5678（内線：123）',
    '☎03-1234-5678',
    '\u202d03-1234-5678\u202c',
    '03\u200b-1234-5678',
  ])('%s', (typed) => {
    expect(normalisePhone(typed)).toBe('03-1234-5678');
    expect(isPhone(normalisePhone(typed))).toBe(true);
  });

  it.each([
    '090-1234-5678',
    '050-1234-5678',
    '020-1234-5678',
    '0800-123-4567',
    '0120-123-456',
    '0466-12-3456',
    '0570-012-345',
    '06-0000-1234',
  ])('%s has the digits that its kind has', (text) => expect(isPhone(text)).toBe(true));

  it.each([
    '03-1234-56789',
    '0120-123-4567',
    '0466-123-4567',
    '090-1234-567',
    '0800-123-456',
    '050-123-4567',
    '010-1-212-555-1234',
    '+1 212 555 1234',
    '03-1234-5678、03-1234-5679',
    '03-1234-5678/5679',
    '0000-12-3456',
    '110',
  ])('%s is none of ours', (typed) => expect(isPhone(normalisePhone(typed))).toBe(false));
});
