import { describe, expect, it } from 'vitest';
import { buildIndex, type ListEntry, type ScreeningQuery, screen } from '../../../domain/screening/index.ts';

const LIST: ListEntry[] = [
  {
    id: 'c1',
    kind: 'company',
    name: '株式会社髙樋商會',
    phone: '03-0000-1111',
    corporateNumber: '6999902000001',
  },
  { id: 'c2', kind: 'company', name: '高樋商会グループ株式会社' },
  { id: 'c3', kind: 'company', name: '株式会社鷺沼', phone: '03-0000-2222' },
  { id: 'p1', kind: 'person', name: '杉簪 律', kana: 'スギカンザシ リツ', birthDate: '1960-02-02' },
  { id: 'p2', kind: 'person', name: '潮路 環' },
];
const index = buildIndex(LIST);
const company = (name: string, more: Partial<ScreeningQuery> = {}): ScreeningQuery => ({
  kind: 'company',
  name,
  ...more,
});

describe('screening an applicant', () => {
  it('gives the hits first, then the reviews', () => {
    const matches = screen(
      index,
      company('㈱高樋商会', { corporateNumber: '6999902000001', phone: '0300002222' }),
    );
    expect(matches.map(({ entryId, outcome, rule }) => [entryId, outcome, rule])).toEqual([
      ['c1', 'hit', 'C3'],
      ['c3', 'review', 'C3'],
      ['c2', 'review', 'C5'],
    ]);
  });

  it('explains a match: rule, both names in both forms, differing characters, fields and a sentence', () => {
    const [match] = screen(index, company('高樋商会㈱', { phone: '+81-3-0000-1111' }));
    expect(match).toMatchObject({
      entryId: 'c1',
      outcome: 'hit',
      rule: 'C1',
      subject: '高樋商会㈱',
      entryName: '株式会社髙樋商會',
      subjectNormal: '高樋商会',
      entryNormal: '高樋商会',
      agreeing: ['name', 'phone'],
      contradicting: [],
      missing: ['corporateNumber'],
    });
    expect(match?.differing).toEqual({ subject: [0, 3, 4], entry: [0, 1, 2, 3, 4, 7] });
    expect(match?.sentence).toContain('一致：電話番号。不明：法人番号。');
  });

  it('compares officers one by one, and says who it was', () => {
    const query = company('株式会社夜竹', { officersText: '代表取締役 潮路 環／取締役 杉簪律' });
    const matches = screen(index, query);
    expect(matches.map(({ entryId, subject }) => [entryId, subject])).toEqual([
      ['p1', '杉簪律'],
      ['p2', '潮路 環'],
    ]);
    expect(matches[0]?.sentence).toContain('申込に記載の人物「杉簪律」');
  });

  it('never joins two people of one application', () => {
    expect(screen(index, company('株式会社夜竹', { officersText: '杉簪 環、潮路 律' }))).toEqual([]);
  });

  it('keeps what a birth date suppressed, as clear, for the log', () => {
    const matches = screen(index, { kind: 'person', name: '杉簪 律', birthDate: '1994-11-23' });
    expect(matches).toMatchObject([
      { entryId: 'p1', outcome: 'clear', rule: 'P2', contradicting: ['birthDate'] },
    ]);
  });

  it('finds nothing for a stranger, an empty name or an empty list', () => {
    expect(screen(index, company('株式会社ウミネコ'))).toEqual([]);
    expect(screen(index, company(''))).toEqual([]);
    expect(screen(buildIndex([]), company('株式会社髙樋商會'))).toEqual([]);
  });

  it('compares a person with persons only', () => {
    expect(screen(index, { kind: 'person', name: '高樋商会' })).toEqual([]);
  });

  it('does not change with the order of the list', () => {
    const query = company('㈱高樋商会', { officersText: '取締役 杉簪律' });
    expect(screen(buildIndex(LIST.toReversed()), query)).toEqual(screen(index, query));
  });
});
