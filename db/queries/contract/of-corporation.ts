import { and, count, eq } from 'drizzle-orm';
import type { Executor } from '../../client.ts';
import { contracts, customers } from '../../schema/index.ts';
import { LIVE } from '../rescreening/live-contracts.ts';

/** How many running contracts a corporation has, live or sandbox like the application. */
export async function earlierContracts(
  db: Executor,
  application: { corporateNumber: string; sandbox: boolean },
): Promise<number> {
  if (application.corporateNumber === '') return 0;
  const [row] = await db
    .select({ count: count() })
    .from(contracts)
    .innerJoin(customers, eq(customers.id, contracts.customerId))
    .where(
      and(
        eq(customers.corporateNumber, application.corporateNumber),
        eq(customers.sandbox, application.sandbox),
        LIVE,
      ),
    );
  return row?.count ?? 0;
}
