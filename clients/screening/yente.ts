import { z } from 'zod';
import type { ScreeningQuery } from '../../domain/screening/index.ts';
import {
  createRemoteFetch,
  DEFAULT_REMOTE_OPTIONS,
  RemoteError,
  type RemoteOptions,
} from '../registry/http.ts';

/** A candidate of the second provider. Its score is shown to staff and decides nothing. */
export interface ProviderMatch {
  /** The name that was asked. */
  subject: string;
  entityId: string;
  caption: string;
  /** 0–1. */
  score: number;
  /** How the provider explains the score, feature by feature, where it does. */
  explained: string[];
}

export interface ProviderSettings {
  url: string;
  dataset: string;
  apiKey: string | undefined;
}

/** Asks the second provider about a company and its people. Throws RemoteError. */
export type SecondProvider = (query: ScreeningQuery) => Promise<ProviderMatch[]>;

const responseSchema = z.object({
  status: z.number().optional(),
  results: z.array(
    z.object({
      id: z.string(),
      caption: z.string(),
      score: z.number(),
      match: z.boolean().default(false),
      explanations: z.record(z.string(), z.object({ score: z.number().nullish() })).nullish(),
    }),
  ),
});
const answerSchema = z.object({ responses: z.record(z.string(), responseSchema) });

interface ProviderQuery {
  schema: 'Company' | 'Person';
  properties: Record<string, string[]>;
}

/** Client of a server that speaks the yente (OpenSanctions) `/match` API. */
export function createYenteClient(
  settings: ProviderSettings,
  remote: RemoteOptions = DEFAULT_REMOTE_OPTIONS,
): SecondProvider {
  const fetchRemote = createRemoteFetch(remote);
  const base = settings.url.endsWith('/') ? settings.url : `${settings.url}/`;
  const url = new URL(`match/${encodeURIComponent(settings.dataset)}`, base);
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(settings.apiKey === undefined ? {} : { authorization: `ApiKey ${settings.apiKey}` }),
  };
  return async (query) => {
    const { queries, subjects } = queriesOf(query);
    const body = JSON.stringify({ queries });
    const parsed = answerSchema.safeParse(
      parseJson(await fetchRemote(url, { method: 'POST', headers, body })),
    );
    if (!parsed.success) throw unreadable();
    const { responses } = parsed.data;
    return [...subjects].flatMap(([id, subject]) => {
      const response = responses[id];
      // One query that failed on their side must not pass for "nothing found".
      if (response === undefined || (response.status ?? 200) !== 200) throw unreadable();
      return response.results
        .filter(({ match }) => match)
        .map(({ id: entityId, caption, score, explanations }) => ({
          subject,
          entityId,
          caption,
          score,
          explained: Object.entries(explanations ?? {})
            .filter(([, { score: part }]) => (part ?? 0) > 0)
            .map(([feature, { score: part }]) => `${feature} ${(part ?? 0).toFixed(2)}`),
        }));
    });
  };
}

function queriesOf(query: ScreeningQuery): {
  queries: Record<string, ProviderQuery>;
  subjects: Map<string, string>;
} {
  const people = [
    ...(query.representative === undefined ? [] : [query.representative]),
    ...(query.officers ?? []),
  ];
  const company: ProviderQuery = {
    schema: 'Company',
    properties: properties({
      name: [query.name, query.kana, ...(query.aliases ?? [])],
      registrationNumber: [query.corporateNumber],
      address: [query.address],
      phone: [query.phone],
      jurisdiction: ['jp'],
    }),
  };
  const subjects = new Map([['company', query.name]]);
  const queries: Record<string, ProviderQuery> = { company };
  for (const [index, { name, kana, birthDate }] of people.entries()) {
    const id = `person-${index}`;
    subjects.set(id, name);
    queries[id] = {
      schema: 'Person',
      properties: properties({ name: [name, kana], birthDate: [birthDate] }),
    };
  }
  return { queries, subjects };
}

function properties(values: Record<string, (string | undefined)[]>): Record<string, string[]> {
  const stated = Object.entries(values).map(
    ([name, list]) => [name, list.filter((value) => value !== undefined && value !== '')] as const,
  );
  return Object.fromEntries(stated.filter(([, list]) => list.length > 0)) as Record<string, string[]>;
}

const unreadable = () => new RemoteError('malformed', 'the second provider sent an unreadable answer');

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw unreadable();
  }
}
