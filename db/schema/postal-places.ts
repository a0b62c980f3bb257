import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** The post office's table of postal codes, as the operator imported it last. */
export const postalPlaces = pgTable(
  'postal_places',
  {
    postalCode: text('code').notNull(),
    prefecture: text('prefecture').notNull(),
    city: text('city').notNull(),
    town: text('town').notNull(),
  },
  (t) => [primaryKey({ columns: [t.postalCode, t.prefecture, t.city, t.town] })],
);
