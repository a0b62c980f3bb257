import type { Database } from '../../db/client.ts';
import { currentLists, type ListVersion, loadEntries } from '../../db/queries/screening-list/current.ts';
import type { ClearedEntry, ListName } from '../../db/schema/index.ts';
import type { Ground } from '../../domain/application/application.ts';
import {
  buildIndex,
  type Field,
  type ScreeningIndex,
  type ScreeningMatch,
  type ScreeningQuery,
  screen,
} from '../../domain/screening/index.ts';
import { fieldOf, subjectKeyOf } from './subjects.ts';

/** An alert of one list, with what a decision about it is kept by. */
export interface ListMatch extends ListVersion {
  entryVersion: number;
  subjectKey: string;
  match: ScreeningMatch;
  query: ScreeningQuery;
}

/** One list that was asked, also when it found nothing. */
export interface CheckedList extends ListVersion {
  matches: number;
  cleared: ClearedEntry[];
}

export interface Screening {
  matches: ListMatch[];
  checked: CheckedList[];
}

/** Compares a company and its people with the current lists (第4条4項②③). It finds; people decide. */
export interface ListScreener {
  /** Against all current lists, or against one. */
  screen(query: ScreeningQuery, only?: ListName): Promise<Screening>;
}

interface LoadedList {
  version: number;
  index: ScreeningIndex;
  entryVersions: Map<string, number>;
}

/** The index of a list version is built once per process and kept until another version becomes current. */
export function createListScreener(db: Database): ListScreener {
  const loaded = new Map<ListName, { version: number; list: Promise<LoadedList> }>();

  function load(current: ListVersion): Promise<LoadedList> {
    const cached = loaded.get(current.list);
    if (cached?.version === current.version) return cached.list;
    const list = loadList(db, current);
    loaded.set(current.list, { version: current.version, list });
    list.catch(() => {
      if (loaded.get(current.list)?.list === list) loaded.delete(current.list);
    });
    return list;
  }

  return {
    async screen(query, only) {
      const screening: Screening = { matches: [], checked: [] };
      const lists = await currentLists(db);
      for (const current of lists.filter(({ list }) => only === undefined || list === only)) {
        const { index, entryVersions } = await load(current);
        const all = screen(index, query);
        const version = ({ entryId }: ScreeningMatch) => entryVersions.get(entryId) ?? current.version;
        const alerts = all.filter(({ outcome }) => outcome !== 'clear');
        const cleared = all.filter(({ outcome }) => outcome === 'clear');
        screening.matches.push(
          ...alerts.map((match) => ({
            ...current,
            entryVersion: version(match),
            subjectKey: subjectKeyOf(query, match.subject),
            match,
            query,
          })),
        );
        screening.checked.push({
          ...current,
          matches: alerts.length,
          cleared: cleared.map((match) => ({
            entryId: match.entryId,
            entryVersion: version(match),
            rule: match.rule,
          })),
        });
      }
      return screening;
    },
  };
}

async function loadList(db: Database, current: ListVersion): Promise<LoadedList> {
  const entries = await loadEntries(db, current);
  return {
    version: current.version,
    index: buildIndex(entries),
    entryVersions: new Map(entries.map(({ id, entryVersion }) => [id, entryVersion])),
  };
}

const GROUND: Record<ListName, Ground> = { competitor: 2, antisocial: 3, internal: 4 };
const LIST_LABEL: Record<ListName, string> = {
  competitor: '競合リスト',
  antisocial: '反社会的勢力リスト',
  internal: '社内リスト',
};
const FIELD_LABEL: Record<Field, string> = {
  name: '名称',
  kana: '読み',
  birthDate: '生年月日',
  address: '住所',
  phone: '電話番号',
  corporateNumber: '法人番号',
};

/** What a finding says of a match, the same for an application and for a contract. */
export function findingOf(
  { list, version, entryVersion, subjectKey, match, query }: ListMatch,
  checkedMs: number,
) {
  const labels = (fields: readonly Field[]) => fields.map((field) => FIELD_LABEL[field]);
  const outcome: 'hit' | 'review' = match.outcome === 'hit' ? 'hit' : 'review';
  return {
    key: `${list}/${match.entryId}/${entryVersion}/${subjectKey}`,
    ground: GROUND[list],
    outcome,
    summary: `${LIST_LABEL[list]}：${match.sentence}`,
    subject: match.subject,
    entry: match.entryName,
    evidence: {
      rule: match.rule,
      field: fieldOf(query, match.subject),
      listName: list,
      listVersion: version,
      entryId: match.entryId,
      entryVersion,
      subjectKey,
      subjectNormal: match.subjectNormal,
      entryNormal: match.entryNormal,
      differing: match.differing,
      agreeing: labels(match.agreeing),
      contradicting: labels(match.contradicting),
      missing: labels(match.missing),
      checkedMs,
    },
  };
}
