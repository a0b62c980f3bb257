import { type AnyColumn, getTableColumns, type Table } from 'drizzle-orm';
import { customType, date, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { isSealed } from '../personal/tags.ts';

/** What kind of personal or confidential data a column holds; encryption, masking and deletion go by it. */
export type PersonalKind =
  | 'companyName'
  | 'personName'
  | 'birthDate'
  | 'address'
  | 'phone'
  | 'email'
  | 'freeText'
  | 'confidentialNumber';

/** A text column that holds personal or confidential data (第12条2項, 第20条). Marked so that nothing has to guess. */
const personalColumn = customType<{ data: string; driverData: string; config: { kind: PersonalKind } }>({
  dataType: () => 'text',
});

/** Personal data that is no customer's to be deleted with a contract: staff, screening lists, the archive kept by law. */
export const personalText = (name: string, kind: PersonalKind) => personalColumn(name, { kind });

const sealedColumn = customType<{ data: string; driverData: string; config: { kind: PersonalKind } }>({
  dataType: () => 'text',
  toDriver: (value) => {
    if (isSealed(value)) return value;
    throw new Error('a value for an encrypted column was not sealed under its owner (db/personal/tags.ts)');
  },
});

/**
 * A column with a customer's personal data, encrypted under the key of its owner (docs/decisions/009): writes mark the
 * value by `seal` or `sealRow`, reads give the text. It cannot be compared in SQL; search goes by db/personal/search-index.ts.
 */
export const sealedText = (name: string, kind: PersonalKind) => sealedColumn(name, { kind });

const sealedJsonColumn = customType<{ data: unknown; driverData: string; config: { kind: PersonalKind } }>({
  dataType: () => 'text',
  toDriver: (value) => {
    if (typeof value === 'string' && isSealed(value)) return value;
    throw new Error(
      'a value for an encrypted column was not sealed under its owner (db/personal/seal-row.ts)',
    );
  },
  fromDriver: (text): unknown => JSON.parse(text),
});

/** Like `sealedText`, for plain JSON. */
export const sealedJson = (name: string, kind: PersonalKind) => sealedJsonColumn(name, { kind });

/** Whether a column was declared with `sealedText` or `sealedJson`. */
export function isSealedColumn(column: AnyColumn): boolean {
  return configOf(column)?.customTypeParams?.toDriver !== undefined;
}

interface CustomConfig {
  fieldConfig?: { kind?: PersonalKind };
  customTypeParams?: { toDriver?: unknown };
}

function configOf(column: AnyColumn): CustomConfig | undefined {
  return Reflect.get(column, 'config') as CustomConfig | undefined;
}

/** The columns of a table that were declared with `personalText` or `sealedText`, with their kind; read by the rules of the house. @internal */
export function personalColumns(table: Table): { name: string; kind: PersonalKind }[] {
  return Object.values<AnyColumn>(getTableColumns(table)).flatMap((column) => {
    const kind = configOf(column)?.fieldConfig?.kind;
    return kind === undefined ? [] : [{ name: column.name, kind }];
  });
}

export const id = () => uuid('id').primaryKey().defaultRandom();
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
export const createdAt = () => at('created_at').notNull().defaultNow();

/** A day in Japan (暦日), as a civil date. */
export const civilDay = (name: string) => date(name, { mode: 'string' }).$type<CivilDate>();
