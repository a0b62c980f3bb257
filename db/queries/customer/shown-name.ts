import { sql } from 'drizzle-orm';
import { shownCustomerName } from '../../../domain/data/deleted-customer.ts';
import { customers } from '../../schema/index.ts';

/** The name of a customer as pages and lists show it: a deleted one in words, never nothing. */
export const customerName = sql<string>`${customers.name}`.mapWith((name: string) => shownCustomerName(name));
