import type { KeyObject } from 'node:crypto';
import type { Sql } from 'postgres';
import { decrypt, encrypt, keyedHash, type MasterKeys, ownerOfEncrypted } from './cipher.ts';
import { gramsOf, soughtGramsOf } from './grams.ts';
import { type Connection, KeyRing } from './key-ring.ts';
import { readTag, type Tag } from './tags.ts';

/**
 * Statements with so many parameters at most are prepared once for each connection: one journey to the server instead of two,
 * and several can be under way together. Longer ones are lists of rows, each another text.
 */
const PREPARED_PARAMETERS = 100;

/** What is shown where the key of a text was destroyed. */
export const DESTROYED_TEXT = '（削除済み）';

type QueryParameters = Parameters<Sql['unsafe']>[1];
type QueryOptions = Parameters<Sql['unsafe']>[2];
type Work = (tx: Connection) => Promise<unknown>;
type Begin = (...args: unknown[]) => Promise<unknown>;
type Rows = Record<string, unknown>[] | unknown[][];

/**
 * A client that encrypts marked parameters and decrypts results on their way (docs/decisions/009): the one place where
 * customers' personal data passes, so that no query can forget it.
 */
export function encryptingClient(client: Sql, masterKeys: MasterKeys): Sql {
  return wrap(client, new KeyRing(masterKeys.wrapping), masterKeys.search);
}

function wrap<T extends Connection>(connection: T, ring: KeyRing, search: KeyObject): T {
  return new Proxy(connection, {
    get(target, property, receiver) {
      const value: unknown = Reflect.get(target, property, receiver);
      if (property === 'unsafe') {
        return (text: string, parameters?: QueryParameters, options?: QueryOptions) =>
          query({ target, ring, search }, text, parameters ?? [], options);
      }
      if (property !== 'begin' && property !== 'savepoint') return value;
      return async (...args: [...unknown[], Work]) => {
        const within = ring.within();
        const work = args.at(-1) as Work;
        const wrapped: Work = (tx) => work(wrap(tx, within, search));
        const result = await (value as Begin)(...args.slice(0, -1), wrapped);
        within.commit();
        return result;
      };
    },
  });
}

interface Place {
  target: Connection;
  ring: KeyRing;
  search: KeyObject;
}

/** Like a query of the client: sent when it is awaited, rows as objects or, by `values()`, as arrays. */
function query(place: Place, text: string, parameters: NonNullable<QueryParameters>, options: QueryOptions) {
  const run = async (asArrays: boolean): Promise<Rows> => {
    const tags = parameters.map(readTag);
    const ready = tags.some((tag) => tag !== null) ? await replaceTags(place, parameters, tags) : parameters;
    const prepare = parameters.length > 0 && parameters.length <= PREPARED_PARAMETERS;
    const pending = place.target.unsafe(text, ready, { ...options, prepare });
    const rows = (asArrays ? await pending.values() : await pending) as Rows;
    await openRows(place, rows);
    return rows;
  };
  return {
    values: () => run(true),
    // A query is sent when somebody awaits it, not before.
    // biome-ignore lint/suspicious/noThenProperty: drizzle awaits it like the client's own
    then: (done: (rows: Rows) => unknown, failed: (error: unknown) => unknown) =>
      run(false).then(done, failed),
  };
}

async function replaceTags(
  { target, ring, search }: Place,
  parameters: NonNullable<QueryParameters>,
  tags: readonly (Tag | null)[],
): Promise<NonNullable<QueryParameters>> {
  const owners = new Set(tags.flatMap((tag) => (tag?.kind === 'seal' ? tag.ownerId : [])));
  const keys =
    owners.size === 0 ? new Map<string, KeyObject | null>() : await ring.findOrMake(target, owners);
  return parameters.map((parameter, index) => {
    const tag = tags[index];
    if (tag == null) return parameter;
    if (tag.kind === 'digests') return tag.texts.map((text) => keyedHash(search, `whole/${text}`)).join(',');
    if (tag.kind !== 'seal') {
      const grams = tag.kind === 'grams' ? gramsOf(tag.text) : soughtGramsOf(tag.text);
      return grams.map((gram) => keyedHash(search, gram)).join(',');
    }
    const key = keys.get(tag.ownerId);
    if (key == null) throw new Error('a key that was just found is missing');
    return encrypt(key, tag.ownerId, tag.text);
  });
}

/** Replaces every encrypted cell of the rows by its text, in place. */
async function openRows({ target, ring }: Place, rows: Rows): Promise<void> {
  const cells: {
    row: Record<string | number, unknown>;
    at: string | number;
    text: string;
    ownerId: string;
  }[] = [];
  for (const row of rows) {
    for (const [at, cell] of Object.entries(row)) {
      const ownerId = typeof cell === 'string' ? ownerOfEncrypted(cell) : null;
      if (ownerId !== null)
        cells.push({ row: row as Record<string, unknown>, at, text: cell as string, ownerId });
    }
  }
  if (cells.length === 0) return;
  const keys = await ring.find(target, new Set(cells.map(({ ownerId }) => ownerId)));
  for (const { row, at, text, ownerId } of cells) {
    const key = keys.get(ownerId);
    row[at] = key == null ? DESTROYED_TEXT : (decrypt(key, ownerId, text) ?? text);
  }
}
