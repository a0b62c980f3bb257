import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { personalColumns } from '../../db/schema/columns.ts';
import * as schema from '../../db/schema/index.ts';

/** Names that columns with personal or confidential data have; a list's or a plan's own name is none. */
const TELLING =
  /(^|_)(kana|email|phone|address|birth_date|postal_code|representative_name|contact_name|company_name|contract_number|company_id)$/;

const tables = Object.values(schema).filter((value) => is(value, PgTable));

describe('columns with personal data are declared as such, so that deletion and masking find them', () => {
  test.each(tables.map((table) => [getTableConfig(table).name, table] as const))('%s', (_, table) => {
    const marked = personalColumns(table).map(({ name }) => name);
    const telling = getTableConfig(table)
      .columns.filter(({ name, dataType }) => dataType !== 'boolean' && TELLING.test(name))
      .map(({ name }) => name);
    expect(telling.filter((name) => !marked.includes(name))).toEqual([]);
  });

  test('the marks are found at all', () => {
    expect(personalColumns(schema.contacts)).toContainEqual({ name: 'email', kind: 'email' });
  });
});
