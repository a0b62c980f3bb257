import { describe, expect, test } from 'vitest';
import { type Import, importsOf, sourceFiles } from './imports.ts';

/** Which rooms a room may use when it runs, beside itself. `types` adds those of which it may name types. */
const ROOMS: Record<string, { uses: readonly string[]; types?: readonly string[] }> = {
  domain: { uses: [] },
  workflows: { uses: ['domain'], types: ['activities'] },
  config: { uses: [], types: ['config.ts'] },
  db: { uses: ['domain', 'config'], types: ['templates', 'storage'] },
  templates: { uses: ['domain'] },
  storage: { uses: ['domain'], types: ['templates', 'db', 'config.ts'] },
  clients: { uses: ['domain', 'db', 'storage'], types: ['config.ts'] },
  activities: {
    uses: ['domain', 'db', 'clients', 'storage', 'templates', 'messages'],
    types: ['workflows', 'config.ts'],
  },
  gateway: {
    uses: ['domain', 'db', 'clients', 'storage', 'messages'],
    types: ['workflows', 'activities', 'config.ts'],
  },
  observe: { uses: ['domain', 'db'] },
  web: {
    uses: [
      'domain',
      'db',
      'gateway',
      'storage',
      'templates',
      // A mail is shown before it is sent, by what sends it.
      'activities/mail/preview.ts',
      'config.ts',
      'log.ts',
      'observe',
      'program.ts',
      'utc.ts',
    ],
    types: ['clients', 'activities', 'workflows'],
  },
  cli: {
    uses: [
      'domain',
      'db',
      'gateway',
      'storage',
      'clients',
      'templates',
      'messages',
      'config',
      'config.ts',
      'utc.ts',
    ],
  },
  workers: {
    uses: [
      'domain',
      'db',
      'clients',
      'storage',
      'gateway',
      'activities',
      'messages',
      'workflows/index.ts',
      'config.ts',
      'log.ts',
      'observe',
      'program.ts',
      'utc.ts',
    ],
    types: ['workflows'],
  },
};

/** Packages that only some rooms may name. */
const PACKAGES: readonly { packages: RegExp; rooms: readonly string[] }[] = [
  { packages: /^(drizzle-orm|postgres)(\/|$)/, rooms: ['db', 'dev', 'test'] },
  { packages: /^@temporalio\/workflow$/, rooms: ['workflows', 'gateway', 'test', 'bench'] },
  { packages: /^nodemailer$/, rooms: ['activities', 'clients', 'dev', 'test', 'bench'] },
  { packages: /^twilio(\/|$)/, rooms: ['clients', 'web', 'test'] },
  { packages: /^pdfkit$/, rooms: ['templates', 'test', 'bench'] },
];

/** What a room without services may import of packages. */
const PURE: Record<string, RegExp> = {
  domain: /^(libphonenumber-js|temporal-polyfill)(\/|$)/,
  workflows: /^@temporalio\/(workflow|common)$/,
};

const roomOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : file);
/** A file of the messages of workflows: names, ids and types that both sides of the Temporal server know. */
const isMessages = (file: string) => /^workflows\/(.*\/messages|updates)\.ts$/.test(file);

function allowed({ from, to, typeOnly }: Import): boolean {
  const room = ROOMS[roomOf(from)];
  if (room === undefined || roomOf(from) === roomOf(to)) return true;
  const names = [roomOf(to), to, ...(isMessages(to) ? ['messages'] : [])];
  const may = typeOnly ? [...room.uses, ...(room.types ?? [])] : room.uses;
  return names.some((name) => may.includes(name));
}

const files = sourceFiles().filter((file) => !/^(db\/migrations|test\/replay)\//.test(file));
const imports = files.flatMap(importsOf);
/** Packages may have paths that look like files: PDF.js has. */
const inside = imports.filter(({ to }) => /\.(ts|tsx|mjs)$/.test(to) && !to.startsWith('pdfjs-dist/'));
const told = ({ from, to, typeOnly }: Import) => `${from} → ${to}${typeOnly ? ' (types)' : ''}`;

describe('the rooms of the house', () => {
  test('every import goes in a direction that README names', () => {
    expect(inside.filter((one) => !allowed(one)).map(told)).toEqual([]);
    expect(inside.length).toBeGreaterThan(2_000);
  });

  test('every folder with code is a room of the table or one that may use everything', () => {
    const rooms = new Set(files.filter((file) => file.includes('/')).map(roomOf));
    const known = new Set([...Object.keys(ROOMS), 'bench', 'bin', 'deploy', 'dev', 'test']);
    expect([...rooms].filter((room) => !known.has(room))).toEqual([]);
  });

  test('drivers and providers’ packages are named in their own room only', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        PACKAGES.some(({ packages, rooms }) => packages.test(to) && !rooms.includes(roomOf(from))) ||
        (PURE[roomOf(from)]?.test(to) === false && !/\.(tsx?|json)$/.test(to)),
    );
    expect(wrong.map(told)).toEqual([]);
  });

  test('every process begins by setting its clock zone to UTC', () => {
    for (const entry of ['web/server.ts', 'workers/interactive.ts', 'workers/background.ts', 'cli/main.ts']) {
      expect(imports.find(({ from }) => from === entry)?.to, entry).toBe('utc.ts');
    }
  });

  test('no files need each other in a circle', () => {
    const needs = new Map<string, string[]>();
    for (const { from, to, typeOnly } of inside) {
      if (!typeOnly && !from.startsWith('test/')) needs.set(from, [...(needs.get(from) ?? []), to]);
    }
    expect(circles(needs)).toEqual([]);
  });
});

/** Paths that come back to where they began. */
function circles(needs: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const next of needs.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of needs.keys()) visit(file, []);
  return found;
}
