import type { Context } from 'hono';
import { recordDecision } from '../../../db/queries/decision/record.ts';
import { settleDecision } from '../../../db/queries/decision/settle.ts';
import type { PublicationInput } from '../../../workflows/publication/messages.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { answerWithin, requireAccepted } from '../../http/answer.ts';
import type { Form } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { PUBLICATION_REASONS } from '../../reasons.ts';
import { commandIdOf, readVerdict } from '../desk/verdict.ts';
import type { DecisionAccess } from './decision.tsx';

/**
 * Takes a posted decision on an edition or fee change to its workflow. The errors of the form, or null when it was
 * carried out; throws the page of a refusal.
 */
export async function decide(
  c: Context<WebEnv>,
  deps: WebDependencies,
  form: Form,
  subject: { input: PublicationInput; access: DecisionAccess; clause: string; href: string },
): Promise<FieldError[] | null> {
  const { input, access, clause, href } = subject;
  const { subjectType, subjectId } = input;
  const link = { href, label: '最新の内容を見る' };
  const commandId = commandIdOf(form);
  if (!access.may) throw new Problem(access.status, { message: access.why, link });
  const read = readVerdict(form, 'publication', PUBLICATION_REASONS);
  if ('errors' in read) return read.errors;
  const { staff } = c.get('signedIn');
  const decisionId = await recordDecision(deps.db, {
    ...read,
    commandId,
    subjectType,
    subjectId,
    clause,
    taskId: null,
    stage: 'approval',
    staffId: staff.id,
  });
  if (decisionId === null) throw new Problem(409, { link });
  const answer = await answerWithin(
    // The start may have failed when the draft was stored; one that runs already goes on.
    deps.publications
      .start(input)
      .then(() =>
        deps.publications.decide(
          { subjectType, subjectId },
          { commandId, actor: { kind: 'staff', id: staff.id }, verdict: read.verdict },
        ),
      ),
    deps.limits.answerMs,
  );
  await settleDecision(deps.db, decisionId, answer.ok ? 'effective' : 'refused', deps.now());
  requireAccepted(answer, link);
  return null;
}
