import { randomUUID } from 'node:crypto';
import type { Database } from '../../db/client.ts';
import { createStaff } from '../../db/queries/staff/create.ts';
import type { Account } from '../../dev/base-data.ts';
import { STAFF_ROLES } from '../../domain/tasks.ts';

/** One account for each role, of this test file alone: the test files share a database. The admin may do everything. */
export async function testAccounts(db: Database): Promise<Account[]> {
  const accounts: Account[] = [];
  for (const role of STAFF_ROLES) {
    const email = `${role}-${randomUUID()}@staff.example`;
    const account = { role, email, name: `試験 ${role}`, password: randomUUID() };
    const roles = role === 'admin' ? [...STAFF_ROLES] : [role];
    const { name, password } = account;
    accounts.push({
      ...account,
      id: await createStaff(db, { email, name, password, roles, sample: true }, 'test'),
    });
  }
  return accounts;
}
