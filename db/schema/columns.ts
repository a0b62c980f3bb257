import { type AnyColumn, getTableColumns, type Table } from 'drizzle-orm';
import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';

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

export const personalText = (name: string, kind: PersonalKind) => personalColumn(name, { kind });

/** The columns of a table that were declared with `personalText`, with their kind. */
export function personalColumns(table: Table): { name: string; kind: PersonalKind }[] {
  return Object.values<AnyColumn>(getTableColumns(table)).flatMap((column) => {
    const config: unknown = Reflect.get(column, 'config');
    const kind = (config as { fieldConfig?: { kind?: PersonalKind } }).fieldConfig?.kind;
    return kind === undefined ? [] : [{ name: column.name, kind }];
  });
}

export const id = () => uuid('id').primaryKey().defaultRandom();
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
export const createdAt = () => at('created_at').notNull().defaultNow();
