import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { civilDay, createdAt } from './columns.ts';

/** Versions of the price list by effective date; a contract keeps the one it was sold with (第6条3項・4項). */
export const catalogueVersions = pgTable('catalogue_versions', {
  version: integer('version').primaryKey(),
  effectiveOn: civilDay('effective_on').notNull(),
  createdAt: createdAt(),
});

/** Plans of a catalogue version. A lower `rank` is a downgrade (第8条3項). Fees in yen without tax. */
export const plans = pgTable(
  'plans',
  {
    catalogueVersion: integer('catalogue_version')
      .notNull()
      .references(() => catalogueVersions.version),
    code: text('code').notNull(),
    name: text('name').notNull(),
    rank: integer('rank').notNull(),
    annualFeeYen: integer('annual_fee_yen').notNull(),
    monthlyFeeYen: integer('monthly_fee_yen').notNull(),
    includedLicences: integer('included_licences').notNull(),
    extraLicenceAnnualYen: integer('extra_licence_annual_yen').notNull(),
    extraLicenceMonthlyYen: integer('extra_licence_monthly_yen').notNull(),
  },
  (t) => [primaryKey({ columns: [t.catalogueVersion, t.code] })],
);

/** Options of a catalogue version; fees in yen without tax for each unit. */
export const options = pgTable(
  'options',
  {
    catalogueVersion: integer('catalogue_version')
      .notNull()
      .references(() => catalogueVersions.version),
    code: text('code').notNull(),
    name: text('name').notNull(),
    annualFeeYen: integer('annual_fee_yen').notNull(),
    monthlyFeeYen: integer('monthly_fee_yen').notNull(),
  },
  (t) => [primaryKey({ columns: [t.catalogueVersion, t.code] })],
);
