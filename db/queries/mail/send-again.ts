import type { Transaction } from '../../client.ts';
import { ownerOf } from '../../personal/owner.ts';
import { seal } from '../../personal/tags.ts';
import { decisions } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import type { MailRow } from './records.ts';

/** Writes down that a mail which arrived goes out once more, with the words why, in the transaction that stores its command; once for each. */
export async function recordSentAgain(
  tx: Transaction,
  input: {
    mail: Pick<MailRow, 'id' | 'key' | 'subjectType' | 'subjectId'>;
    reason: string;
    staffId: string;
    commandId: string;
    at: Date;
  },
): Promise<void> {
  const { mail, reason, staffId, commandId, at } = input;
  const { subjectType, subjectId } = mail;
  const [written] = await tx
    .insert(decisions)
    .values({
      ...{ commandId, subjectType, subjectId, stage: 'delivery' as const, verdict: 'again' },
      reasonCode: 'sentAgain',
      reason: seal(await ownerOf(tx, mail), reason),
      staffId,
      outcome: 'effective',
      effectiveAt: at,
    })
    .onConflictDoNothing({ target: decisions.commandId })
    .returning();
  if (written === undefined) return;
  await recordAudit(tx, {
    actor: staffId,
    action: 'mail.sentAgain',
    subjectType,
    subjectId,
    after: { mailId: mail.id, mailKey: mail.key },
    reasonCode: 'sentAgain',
    commandId,
  });
}
