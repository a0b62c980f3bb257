import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../db/client.ts';
import { importCatalogue } from '../db/queries/catalogue/import.ts';
import { currentLists } from '../db/queries/screening-list/current.ts';
import { createStaff } from '../db/queries/staff/create.ts';
import { addTermsEdition } from '../db/queries/terms-edition/add.ts';
import type { ListName } from '../db/schema/index.ts';
import { civilDate } from '../domain/calendar/civil-date.ts';
import type { StaffRole } from '../domain/desk/roles.ts';
import type { ListEntry } from '../domain/screening/index.ts';
import { readTermsDocument } from '../storage/terms-document.ts';
import { importList } from './import-list.ts';
import { rootDir } from './paths.ts';

export interface Account {
  id: string;
  role: string;
  email: string;
  name: string;
  password: string;
}

const sample = (name: string) => readFileSync(join(rootDir, 'samples', name), 'utf8');

/** Reads one JSON object per line. */
export function sampleLines<T>(name: string): T[] {
  return sample(name)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Catalogue, terms edition and lists that an application needs; what is there stays. */
export async function addBaseData(db: Database): Promise<void> {
  await importCatalogue(db, JSON.parse(sample('catalogue.json')));
  const terms = await readTermsDocument(readFileSync(join(rootDir, 'samples', 'terms-11.md')));
  if (!terms.ok) throw new Error(terms.message);
  await addTermsEdition(db, {
    number: 11,
    title: 'Hasso 利用規約',
    effectiveOn: civilDate('2023-09-28'),
    contentType: terms.contentType,
    fileName: 'terms-11.md',
    bodyHtml: terms.html,
    bodyText: terms.paragraphs.join('\n'),
  });
  const present = (await currentLists(db)).map(({ list }) => list);
  for (const list of ['antisocial', 'competitor'] satisfies ListName[]) {
    if (present.includes(list)) continue;
    await importList(db, {
      list,
      entries: sampleLines<ListEntry>(`lists/${list}.jsonl`),
      importedBy: 'sample',
    });
  }
}

/**
 * One sample account for each role, with passwords of their own on every machine. `keep` may answer with an earlier
 * password, so that a start that was killed half way goes on with the same ones.
 */
export async function addStaff(
  db: Database,
  keep: (role: string, fresh: string) => string = (_, fresh) => fresh,
): Promise<Account[]> {
  const people = JSON.parse(sample('staff.json')) as {
    role: string;
    email: string;
    name: string;
    roles: StaffRole[];
  }[];
  const accounts: Account[] = [];
  for (const { role, email, name, roles } of people) {
    const password = keep(role, randomBytes(9).toString('base64url'));
    const id = await createStaff(db, { email, name, roles, password, sample: true }, 'sample');
    accounts.push({ id, role, email, name, password });
  }
  return accounts;
}
