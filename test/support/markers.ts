import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import type { Database } from '../../db/client.ts';
import { foldForNeedles } from '../../domain/data/needles.ts';
import { createFileStorage } from '../../storage/file-storage.ts';
import { textsOfFile } from '../../storage/file-texts.ts';
import { randomWord } from './random-word.ts';

const KANA = [...'アイウエオカキクケコサシスセソタチツテトナニヌネノハ'];

/** Texts that occur nowhere else, by the field that each is typed into. */
export function planter() {
  const planted = new Map<string, string>();
  const remember = (field: string, marker: string): string => {
    // The same field of another customer holds another text.
    const again = [...planted.keys()].filter((known) => known.split('#')[0] === field).length;
    planted.set(again === 0 ? field : `${field}#${again + 1}`, marker);
    return marker;
  };
  const letters = () =>
    randomWord()
      .replace(/[^a-z]/g, '')
      .slice(0, 14);
  return {
    planted,
    word: (field: string) => remember(field, `z${letters()}`),
    kana: (field: string) =>
      remember(field, [...letters()].map((letter) => KANA[letter.charCodeAt(0) - 97] ?? 'ア').join('')),
    email: (field: string) => `${remember(field, `z${letters()}`)}@shirushi.example`,
    /** Eleven digits that are no My Number. */
    phone(field: string): string {
      const number = `050${String(Math.floor(10_000_000 + Math.random() * 89_999_999))}`;
      return remember(field, number);
    },
  };
}

/** A place and the markers that were found in it. */
export interface Found {
  place: string;
  field: string;
}

/** Looks for markers by their bare folded letters, so that no writing of them is missed. */
export function scanner(planted: ReadonlyMap<string, string>) {
  const needles = [...planted].map(([field, marker]) => ({
    field,
    raw: marker,
    folded: foldForNeedles(marker),
  }));
  return (place: string, text: string): Found[] => {
    const folded = foldForNeedles(text);
    return needles
      .filter(({ raw, folded: needle }) => text.includes(raw) || folded.includes(needle))
      .map(({ field }) => ({ place, field }));
  };
}

type Scan = ReturnType<typeof scanner>;

/** Every row of every table, as it lies there (`raw`) and as the application reads it. */
export async function scanDatabase(db: Database, ownerUrl: string, scan: Scan): Promise<Found[]> {
  const raw = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  const found: Found[] = [];
  try {
    const tables = await raw<{ schema: string; name: string }[]>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
    for (const { schema, name } of tables) {
      const from = `"${schema}"."${name}"`;
      for (const { line } of await raw.unsafe<{ line: string }[]>(`select t::text as line from ${from} t`)) {
        found.push(...scan(`raw ${name}`, line));
      }
      if (schema !== 'public') continue;
      for (const row of await db.execute<Record<string, unknown>>(
        sql`select * from ${sql.identifier(name)}`,
      )) {
        for (const [column, value] of Object.entries(row)) {
          const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
          found.push(...scan(`${name}.${column}`, text));
        }
      }
    }
  } finally {
    await raw.end();
  }
  return found;
}

/** Every stored file: its bytes, and the texts in it. */
export async function scanStorage(dir: string, scan: Scan): Promise<Found[]> {
  const storage = createFileStorage(dir);
  const found: Found[] = [];
  for await (const { key } of storage.keys()) {
    for (const text of await textsOfFile(await storage.get(key))) found.push(...scan(key, text));
  }
  return found;
}

/** Every file below a folder: bytes as text, and mails decoded. */
export async function scanFolder(dir: string, scan: Scan): Promise<Found[]> {
  const found: Found[] = [];
  for (const name of readdirSync(dir, { recursive: true }) as string[]) {
    const path = join(dir, name);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    const texts = name.endsWith('.eml') ? await textsOfFile(bytes) : [bytes.toString('utf8')];
    for (const text of texts) found.push(...scan(name, text));
  }
  return found;
}
