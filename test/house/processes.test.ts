import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../config.ts';
import { INDEXES } from '../../dev/indexes.ts';
import { rootDir } from '../../dev/paths.ts';
import { keysOf } from '../../domain/base/keys.ts';
import {
  AUDIT,
  DECISIONS,
  MAILS,
  MAY,
  PAGES,
  PORTS,
  PROCESSES,
  SHOWN,
  STATUS,
  TASKS,
} from '../../domain/processes/index.ts';
import type {
  DecisionTerm,
  PageTerm,
  ProcessDeclaration,
  StatusTerm,
  TaskTerm,
} from '../../domain/processes/types.ts';
import { activitiesOn } from '../../workers/activities.ts';
import { composeActivities } from '../../workers/run.ts';
import { importsOf, sourceFiles } from './imports.ts';

const declarations = Object.entries<ProcessDeclaration>(PROCESSES);
/** What runs for the operator: tests, measurements and sample data ask for nothing that would else be gone. */
const production = sourceFiles().filter((file) => !/^(test|bench|deploy)\//.test(file));
const textOf = new Map(production.map((file) => [file, readFileSync(join(rootDir, file), 'utf8')]));
const elsewhere = [...textOf].filter(([file]) => !file.startsWith('domain/processes/'));
const source = (folders: RegExp) =>
  elsewhere.flatMap(([file, text]) => (folders.test(file) ? [text] : [])).join('\n');

const workflowSources = [...textOf].filter(([file]) => file.startsWith('workflows/'));
const everywhere = source(/./);
const web = source(/^web\//);
const quoted = (text: string, name: string) => text.includes(`'${name}'`);
const unused = (names: readonly string[], text: string) => names.filter((name) => !quoted(text, name));

describe('a declaration', () => {
  test.each(declarations)('of %s is data: under 120 lines, imports types alone, has no function', (name) => {
    const file = `domain/processes/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
    const text = textOf.get(file) ?? '';
    expect(text.split('\n').length).toBeLessThanOrEqual(120);
    expect(text.match(/^import (?!type )/gm)).toBeNull();
    expect(text.match(/=>|\bfunction\b/g)).toBeNull();
  });

  test('names nothing that another names too', () => {
    const parts = [
      'subjects',
      'statuses',
      'tasks',
      'decisions',
      'audit',
      'mails',
      'rights',
      'pages',
      'shows',
      'ports',
      'executions',
      'tables',
    ];
    for (const part of parts) {
      const names = declarations.flatMap(([, process]) => Object.keys(Reflect.get(process, part) ?? {}));
      expect(
        names.filter((name, at) => names.indexOf(name) !== at),
        part,
      ).toEqual([]);
    }
  });

  test('has words for everything that people read', () => {
    const labels = JSON.stringify(declarations).match(/"(?:label|noun|about)":"[^"]*"/g) ?? [];
    expect(labels.filter((label) => label.endsWith(':""'))).toEqual([]);
    for (const [kind, { causes = {} }] of Object.entries<TaskTerm>(TASKS)) {
      for (const sentence of Object.values(causes)) expect(sentence, kind).toMatch(/。$/);
    }
  });
});

describe('statuses', () => {
  const tables = Object.entries<Readonly<Record<string, StatusTerm>>>(STATUS);

  test.each(tables)(
    '%s: a move leads to a status that there is, and is audited if others are',
    (_, statuses) => {
      const reached = new Set(Object.values(statuses).flatMap(({ to = [] }) => to));
      expect([...reached].filter((status) => !Object.hasOwn(statuses, status))).toEqual([]);
      const audited = Object.values(statuses).some(({ audit }) => audit !== undefined);
      if (audited) {
        expect([...reached].filter((status) => statuses[status]?.audit === undefined)).toEqual([]);
      }
    },
  );

  test.each(tables)('%s: what it says in the audit log is declared', (_, statuses) => {
    const said = Object.values(statuses).flatMap(({ audit }) => (audit === undefined ? [] : [audit]));
    expect(said.filter((action) => !Object.hasOwn(AUDIT, action))).toEqual([]);
  });
});

describe('what is declared is used, and what is used is declared', () => {
  const moves = Object.values<Readonly<Record<string, StatusTerm>>>(STATUS).flatMap((statuses) =>
    Object.values(statuses).flatMap(({ audit }) => (audit === undefined ? [] : [audit])),
  );
  const decided = Object.values<DecisionTerm>(DECISIONS).flatMap(({ audit }) =>
    typeof audit === 'string' ? [audit] : Object.values(audit),
  );

  test('audit actions', () => {
    const written = new Set<string>([...moves, ...decided]);
    expect(unused(keysOf(AUDIT), everywhere).filter((action) => !written.has(action))).toEqual([]);
    expect(decided.filter((action) => !Object.hasOwn(AUDIT, action))).toEqual([]);
    expect(everywhere.match(/\baction: `/g)).toBeNull();
  });

  test('kinds of tasks, and their causes', () => {
    const opening = source(/^(workflows|activities|db|domain\/telephony)\//);
    expect(unused(keysOf(TASKS), opening)).toEqual([]);
    const causes = Object.values<TaskTerm>(TASKS).flatMap((task) => Object.keys(task.causes ?? {}));
    expect(unused(causes, opening)).toEqual([]);
  });

  test('stages of decisions', () => {
    expect(unused(keysOf(DECISIONS), source(/^(web|db)\//))).toEqual([]);
  });

  test('kinds of mails', () => {
    expect(unused(keysOf(MAILS), source(/^workflows\/|^activities\/mail\/campaign/))).toEqual([]);
    expect(unused(keysOf(MAILS), source(/^activities\/mail\//))).toEqual([]);
  });

  test('rights: each route has one, each one has a route or a button', () => {
    const asked = keysOf(MAY).filter((right) => !quoted(web, right) && !web.includes(`MAY.${right}`));
    expect(asked).toEqual([]);
    const shown = Object.values<PageTerm>(PAGES).flatMap(({ right }) => right ?? []);
    expect(shown.filter((right) => !web.includes(`right: '${right}'`))).toEqual([]);
  });

  test('pages that show customers’ data: each is a route’s, and one of several parts notes by itself what it showed', () => {
    const route = (page: string) =>
      web.includes(`shows: '${page}'`) || web.includes(`? '${page}' :`) || web.includes(`: '${page}';`);
    expect(keysOf(SHOWN).filter((page) => !route(page))).toEqual([]);
    const several = keysOf(SHOWN).filter((page) => SHOWN[page].scope === 'several');
    expect(several.filter((page) => !web.includes(`{ page: '${page}'`))).toEqual([]);
  });

  test('reading the names of sources finds them: a word of no declaration is found nowhere', () => {
    expect(unused(['suspension.entered', 'suspension.forgotten'], everywhere)).toEqual([
      'suspension.forgotten',
    ]);
  });
});

describe('activities', () => {
  const { ports, close } = composeActivities(
    loadConfig({
      DATABASE_URL: 'postgres://app:x@127.0.0.1:1/none',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      SMTP_URL: 'smtp://127.0.0.1:1',
      DOCUMENTS_DIR: '/tmp/none',
      WEB_URL: 'http://localhost:1',
      SESSION_SECRET: 'x'.repeat(32),
      PERSONAL_DATA_KEY: '0'.repeat(64),
    }),
  );
  afterAll(close);
  const registered = new Map(keysOf(PORTS).map((port) => [port, Object.keys(ports[port])]));
  const asked = proxied();

  test.each(keysOf(PORTS))(
    'every activity that workflows ask of %s is registered on its queue, and none besides',
    (port) => {
      const names = [...new Set(asked.filter((call) => call.port === port).map(({ activity }) => activity))];
      expect(registered.get(port)?.toSorted()).toEqual(names.toSorted());
      expect(queueOfProxy(port)).toBe(PORTS[port]);
      const queues = PORTS[port] === 'local' ? (['interactive', 'background'] as const) : [PORTS[port]];
      for (const queue of queues) {
        expect(
          names.filter((name) => !Object.hasOwn(activitiesOn(queue, ports), name)),
          queue,
        ).toEqual([]);
      }
    },
  );

  test('workflows ask ports that are declared', () => {
    expect(asked.filter(({ port }) => !Object.hasOwn(PORTS, port))).toEqual([]);
    expect(asked.length).toBeGreaterThan(80);
  });

  test('no two ports of a queue have an activity of one name', () => {
    const names = [...registered.values()].flat();
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});

/** Calls of activities in workflows, by what the port is called where it is made. */
function proxied(): { port: string; activity: string }[] {
  return workflowSources.flatMap(([, text]) => {
    const imports = [...text.matchAll(/import \{([^}]*)\} from '(?:\.\.?\/)+ports?\.ts'/g)];
    const own = [...text.matchAll(/^const (\w+) = proxyActivities</gm)].map(([, name = '']) => name);
    const names = [...imports.flatMap(([, list = '']) => list.split(',')), ...own];
    return names.flatMap((name) => {
      const [port = '', alias = port] = name.trim().split(' as ');
      if (port === '') return [];
      const calls = [...text.matchAll(new RegExp(`(?<![\\w.])${alias}\\.(\\w+)\\(`, 'g'))];
      return calls.map(([, activity = '']) => ({ port, activity }));
    });
  });
}

/** The queue that a port sends to, as it stands where the port is made. */
function queueOfProxy(port: string): string | undefined {
  const made = new RegExp(
    `export const ${port} = (?:\\w+\\(\\s*)?proxy(Local)?Activities<[^>]*>\\(\\{\\s*(?:taskQueue: (\\w+)_QUEUE)?`,
  );
  for (const [, text] of workflowSources) {
    const [, local, queue] = made.exec(text) ?? [];
    if (local !== undefined) return 'local';
    if (queue !== undefined) return queue.toLowerCase();
  }
  return undefined;
}

test.each(Object.entries(INDEXES))(
  '%s lists what is in the tree (npx tsx dev/indexes.ts writes it)',
  (path, list) => {
    expect(textOf.get(path)).toBe(list());
  },
);

describe('queries', () => {
  const queries = production.filter((file) => file.startsWith('db/queries/'));
  const imported = new Set(production.flatMap((file) => importsOf(file).map(({ to }) => to)));

  test('every file of db/queries is asked by somebody who is no test', () => {
    expect(queries.filter((file) => !imported.has(file))).toEqual([]);
  });

  test('so is every function in it', () => {
    const idle = queries.flatMap((file) => {
      const text = textOf.get(file) ?? '';
      const names = [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name = '']) => name);
      return names.filter((name) => {
        const word = new RegExp(`\\b${name}\\b`, 'g');
        const inside = (text.match(word) ?? []).length > 1;
        return !inside && !elsewhere.some(([other, code]) => other !== file && word.test(code));
      });
    });
    expect(idle).toEqual([]);
  });
});
