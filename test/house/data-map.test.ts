import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { personalColumns } from '../../db/schema/columns.ts';
import * as schema from '../../db/schema/index.ts';
import { dataMapMarkdown, readDataMapPage } from '../../dev/data-map.ts';
import {
  CUSTOMER_TABLES,
  clearedColumns,
  DATA_MAP_STORES,
  DATA_MAP_TABLES,
  executionIds,
  holdingColumns,
  namesOf,
  WORKFLOW_STORES,
} from '../../domain/data-map/index.ts';
import { applicationReviewId } from '../../workflows/application-review/messages.ts';
import { contractWorkflowId } from '../../workflows/contract/messages.ts';
import * as workflows from '../../workflows/index.ts';
import { offBoardingId } from '../../workflows/off-boarding/messages.ts';
import { rescreeningWorkflowId, screeningCaseId } from '../../workflows/rescreening/messages.ts';

const tables = Object.values(schema).filter((value) => is(value, PgTable));
const byName = tables.map((table) => [getTableConfig(table).name, table] as const);

describe('the data map names every table and column of the schema once, and no other', () => {
  test('tables', () => {
    expect(Object.keys(DATA_MAP_TABLES)).toEqual(byName.map(([name]) => name).toSorted());
  });

  test.each(byName)('%s', (name, table) => {
    const entry = DATA_MAP_TABLES[name];
    if (entry === undefined)
      throw new Error(
        `the table ${name} is in no declaration (domain/processes) nor in domain/data-map (then: tsx dev/data-map.ts)`,
      );
    const mapped = [...holdingColumns(entry), ...namesOf(entry.plain)];
    const columns = getTableConfig(table).columns.map((column) => column.name);
    expect(mapped.toSorted()).toEqual(columns.toSorted());
    expect(namesOf(entry.kept).filter((column) => !holdingColumns(entry).includes(column))).toEqual([]);
    // The deletion goes through the customers' tables; a row that names a customer is in one of them.
    expect(CUSTOMER_TABLES[name] !== undefined || entry.of === 'none').toBe(true);
  });
});

describe('a column that is marked personal in the schema is mapped as holding that kind of data', () => {
  test.each(byName)('%s', (name, table) => {
    const { holds = {} } = DATA_MAP_TABLES[name] ?? {};
    for (const { name: column, kind } of personalColumns(table)) {
      expect(namesOf(holds[kind]), `${name}.${column} is ${kind}`).toContain(column);
    }
  });
});

describe('what the map says can be carried out', () => {
  test.each(byName)('rows of %s are found by columns that exist', (name, table) => {
    const { of = 'none' } = DATA_MAP_TABLES[name] ?? {};
    const columns = getTableConfig(table).columns.map((column) => column.name);
    const [by, ...rest] = of.split(':');
    if (by === 'subject') expect(columns).toEqual(expect.arrayContaining(['subject_type', 'subject_id']));
    else if (by !== 'none') expect(columns).toContain(rest.at(-1));
    if (by === 'via') expect(Object.keys(DATA_MAP_TABLES)).toContain(rest[0]);
  });

  test.each(Object.entries(DATA_MAP_TABLES))('%s: a date or action fits what it holds', (_, entry) => {
    const holdsCustomers = entry.owner === 'operator' || entry.owner === 'entrusted';
    if (!holdsCustomers) expect(entry.atDeletion).toBe('none');
    if (entry.atDeletion === 'keep') expect(holdingColumns(entry)).toEqual([]);
    if (entry.atDeletion === 'reduce') expect(clearedColumns(entry)).not.toEqual([]);
    else expect(entry.kept).toBeUndefined();
    if (entry.atDeletion === 'erase' || entry.atDeletion === 'reduce') expect(entry.of).not.toBe('none');
  });

  test('every column that names a stored file is a store of its own', () => {
    const files = byName.flatMap(([name, table]) =>
      getTableConfig(table)
        .columns.filter((column) => /(^|_)(storage|document)_key$/.test(column.name))
        .map((column) => `storage:${name}.${column.name}`),
    );
    const mapped = Object.keys(DATA_MAP_STORES).filter((name) => name.startsWith('storage:'));
    expect(mapped.toSorted()).toEqual(files.toSorted());
  });

  test('every workflow type is a store of its own', () => {
    expect(Object.keys(WORKFLOW_STORES).toSorted()).toEqual(Object.keys(workflows).toSorted());
  });
});

test('executions of a customer are found by the IDs that the workflows have', () => {
  const [contractId, applicationId] = ['c', 'a'];
  const { whole, beginning } = executionIds({ contractId, applicationId });
  expect(whole).toEqual(
    expect.arrayContaining([
      applicationReviewId(applicationId),
      contractWorkflowId(contractId),
      offBoardingId(contractId),
      rescreeningWorkflowId({ kind: 'contract', contractId }),
    ]),
  );
  expect(beginning.some((start) => screeningCaseId(contractId, 'r').startsWith(start))).toBe(true);
});

test('docs/data-map.md shows the map as it is (npx tsx dev/data-map.ts writes it)', () => {
  expect(readDataMapPage()).toBe(dataMapMarkdown());
});
