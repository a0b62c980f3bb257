import type { Database } from '../../db/client.ts';
import { findFeeChange } from '../../db/queries/fee-change/enter.ts';
import { addNoticeAudience } from '../../db/queries/notice/audience.ts';
import { createNotice } from '../../db/queries/notice/create.ts';
import { loadPolicies } from '../../db/queries/policy/load.ts';
import { readFeeNotice } from '../../db/queries/read/fee-change-notice.ts';
import { readFeeReach } from '../../db/queries/read/fee-change-reach.ts';
import { formatYen } from '../../domain/base/money.ts';
import { feeChangeDates } from '../../domain/billing/fees.ts';
import { formatDateJa, jstDate } from '../../domain/calendar/civil-date.ts';
import { cutoffPolicyOf } from '../../domain/policy/policies.ts';
import { FEE_PLACEHOLDERS, feeChangeNotice } from '../../templates/notice/fee-change.ts';

/** The notice of an approved fee change (第6条4項): to every contract that pays by an older list, with its own fee and day. */
export async function announceFeeChange(
  { db, sandbox }: { db: Database; sandbox: boolean },
  input: { subjectId: string; approvedBy: string; businessMs: number },
): Promise<string> {
  const change = await findFeeChange(db, input.subjectId);
  if (change === null) throw new Error(`fee change ${input.subjectId} does not exist`);
  const [reach, texts, policies] = await Promise.all([
    readFeeReach(db, change, jstDate(input.businessMs)),
    readFeeNotice(db, change),
    loadPolicies(db),
  ]);
  const cutoff = cutoffPolicyOf(policies);
  // One that ends before is told too: its cancellation may be withdrawn until the end (第10条1項), and what was never told binds nobody.
  const told = reach.filter((each) => each.sandbox === sandbox);
  const rows = told.map(({ contractId, oldFeeYen, newFeeYen, from }) => ({
    contractId,
    values: {
      現在の料金: formatYen(oldFeeYen),
      変更後の料金: formatYen(newFeeYen),
      変更後の料金の適用日: formatDateJa(from),
      解約の期限: formatDateJa(feeChangeDates(from, cutoff).value.requestBy),
    } satisfies Record<(typeof FEE_PLACEHOLDERS)[number], string>,
  }));
  const { id, enteredBy } = change;
  return db.transaction(async (tx) => {
    const noticeId = await createNotice(tx, {
      ...feeChangeNotice(texts),
      creationKey: `feeChange/${id}/announcement`,
      noticeClass: 'contractual',
      audience: 'contracts',
      planCode: null,
      byMail: true,
      postOnWeb: true,
      sandbox,
      createdBy: enteredBy,
      cause: {
        type: 'feeChange',
        id,
        step: 'announcement',
        values: {},
        contractValueNames: [...FEE_PLACEHOLDERS],
        clause: '第6条4項',
        approvedBy: [enteredBy, input.approvedBy],
      },
    });
    await addNoticeAudience(tx, noticeId, rows);
    return noticeId;
  });
}
