import { eq, sql } from 'drizzle-orm';
import type { Preferences } from '../../../domain/desk/preferences.ts';
import type { Executor } from '../../client.ts';
import { staff } from '../../schema/index.ts';

/** Keeps how a person wants the console; what is not named stays as it is. */
export async function prefer(db: Executor, staffId: string, change: Preferences): Promise<void> {
  await db
    .update(staff)
    .set({ preferences: sql`${staff.preferences} || ${JSON.stringify(change)}::jsonb` })
    .where(eq(staff.id, staffId));
}
