import { and, desc, eq } from 'drizzle-orm';
import { aboutOf, type Proposed } from '../../../domain/proposal/proposal.ts';
import type { Executor } from '../../client.ts';
import { proposals } from '../../schema/index.ts';

export type ProposalRow = typeof proposals.$inferSelect;

/** One proposal, or null. */
export async function findProposal(db: Executor, id: string): Promise<ProposalRow | null> {
  const [row] = await db.select().from(proposals).where(eq(proposals.id, id));
  return row ?? null;
}

/** The last proposal of a kind about the same thing, or null. */
export async function lastProposal(db: Executor, proposed: Proposed): Promise<ProposalRow | null> {
  const [row] = await db
    .select()
    .from(proposals)
    .where(and(eq(proposals.about, aboutOf(proposed)), eq(proposals.kind, proposed.kind)))
    .orderBy(desc(proposals.createdAt), desc(proposals.id))
    .limit(1);
  return row ?? null;
}

/** The proposal about something that waits for its second person, or null. */
export async function waitingProposal(db: Executor, proposed: Proposed): Promise<ProposalRow | null> {
  const [row] = await db
    .select()
    .from(proposals)
    .where(and(eq(proposals.about, aboutOf(proposed)), eq(proposals.status, 'waiting')));
  return row ?? null;
}
