export interface ListEntry {
  id: string;
  kind: 'company' | 'person';
  name: string;
  kana?: string;
  aliases?: string[];
  birthDate?: string;
  address?: string;
  phone?: string;
  corporateNumber?: string;
}
export interface PersonQuery {
  name: string;
  kana?: string;
  birthDate?: string;
}
export interface ScreeningQuery {
  kind: 'company' | 'person';
  name: string;
  kana?: string;
  address?: string;
  phone?: string;
  corporateNumber?: string;
  representative?: PersonQuery;
  officers?: PersonQuery[];
  officersText?: string;
}
export interface ScreeningMatch {
  entryId: string;
  outcome: 'hit' | 'review' | 'clear';
  rule: string;
  subject: string;
  entryName: string;
  subjectNormal: string;
  entryNormal: string;
  agreeing: string[];
  contradicting: string[];
  missing: string[];
  sentence: string;
}
export type ScreeningIndex = ListEntry[];
export function buildIndex(entries: Iterable<ListEntry>): ScreeningIndex {
  return [...entries];
}
export function screen(index: ScreeningIndex, query: ScreeningQuery): ScreeningMatch[] {
  return index
    .filter((e) => e.name === query.name)
    .map((e) => ({
      entryId: e.id,
      outcome: 'hit',
      rule: 'C1',
      subject: query.name,
      entryName: e.name,
      subjectNormal: query.name,
      entryNormal: e.name,
      agreeing: ['name'],
      contradicting: [],
      missing: [],
      sentence: '名称が一致します。',
    }));
}
