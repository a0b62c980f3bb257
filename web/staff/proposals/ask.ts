import type { Context } from 'hono';
import { type NewProposal, propose } from '../../../db/queries/proposal/propose.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { refusalStatus } from '../../http/answer.ts';
import { Problem } from '../../http/problem.ts';

/** Writes down what a person may not do alone, and leads to its page; the page of a refusal where the same already waits. */
export async function askForTwo(
  c: Context<WebEnv>,
  deps: WebDependencies,
  asked: Omit<NewProposal, 'proposedBy' | 'at'>,
  link: { href: string; label: string },
): Promise<Response> {
  const proposedBy = c.get('signedIn').staff.id;
  const answer = await propose(deps.db, { ...asked, proposedBy, at: deps.now() });
  if (!answer.ok) throw new Problem(refusalStatus(answer), { message: answer.message, link });
  return c.redirect(`/staff/proposals/${answer.proposalId}`, 303);
}
