import type { Database } from '../../db/client.ts';
import type { ApplicationRow, OfficerRow } from '../../db/queries/application/find.ts';
import type { NewFinding } from '../../db/queries/finding/store.ts';
import { currentLists, type ListVersion, loadEntries } from '../../db/queries/screening-list/current.ts';
import type { Ground } from '../../domain/application.ts';
import {
  buildIndex,
  type ScreeningIndex,
  type ScreeningMatch,
  type ScreeningQuery,
  screen,
} from '../../domain/screening/index.ts';

/** Compares an application with the current lists (第4条4項②③). It finds; people decide. */
export interface ListScreener {
  screen(application: ApplicationRow, officers: OfficerRow[]): Promise<NewFinding[]>;
}

const GROUND: Record<ListVersion['list'], Ground> = { competitor: 2, antisocial: 3, internal: 4 };
const LIST_LABEL: Record<ListVersion['list'], string> = {
  competitor: '競合リスト',
  antisocial: '反社会的勢力リスト',
  internal: '社内リスト',
};

/** The index of a list version is built once per process and kept until another version becomes current. */
export function createListScreener(db: Database): ListScreener {
  const indexes = new Map<string, { version: number; index: ScreeningIndex }>();

  async function indexOf(current: ListVersion): Promise<ScreeningIndex> {
    const cached = indexes.get(current.list);
    if (cached?.version === current.version) return cached.index;
    const index = buildIndex(await loadEntries(db, current));
    indexes.set(current.list, { version: current.version, index });
    return index;
  }

  return {
    async screen(application, officers) {
      const query = queryOf(application, officers);
      const found: NewFinding[] = [];
      for (const current of await currentLists(db)) {
        const matches = screen(await indexOf(current), query);
        found.push(
          ...matches.filter(({ outcome }) => outcome !== 'clear').map((match) => findingOf(current, match)),
        );
      }
      return found;
    },
  };
}

function queryOf(application: ApplicationRow, officers: OfficerRow[]): ScreeningQuery {
  const person = ({ name, kana, birthDate }: OfficerRow) => ({
    name,
    ...(kana === '' ? {} : { kana }),
    ...(birthDate === '' ? {} : { birthDate }),
  });
  const representative = officers.find((officer) => officer.representative);
  const { companyName: name, companyKana: kana, address, phone, corporateNumber, officersText } = application;
  return {
    kind: 'company',
    name,
    ...(kana === '' ? {} : { kana }),
    ...(address === '' ? {} : { address }),
    ...(phone === '' ? {} : { phone }),
    ...(corporateNumber === '' ? {} : { corporateNumber }),
    ...(representative === undefined ? {} : { representative: person(representative) }),
    officers: officers.filter((officer) => !officer.representative).map(person),
    ...(officersText === '' ? {} : { officersText }),
  };
}

function findingOf(current: ListVersion, match: ScreeningMatch): NewFinding {
  return {
    key: `${current.list}/${match.entryId}/${match.rule}/${match.subjectNormal}`,
    ground: GROUND[current.list],
    outcome: match.outcome === 'hit' ? 'hit' : 'review',
    summary: `${LIST_LABEL[current.list]}：${match.sentence}`,
    subject: match.subject,
    entry: match.entryName,
    evidence: {
      rule: match.rule,
      field: 'name',
      listName: current.list,
      listVersion: current.version,
      entryId: match.entryId,
      agreeing: match.agreeing,
      contradicting: match.contradicting,
      missing: match.missing,
    },
  };
}
