import { eq } from 'drizzle-orm';
import type { NoticeAudience, NoticeCause, NoticeClass } from '../../../domain/notice/notice.ts';
import type { Executor } from '../../client.ts';
import { notices } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { addNoticeAudience } from './audience.ts';

/** What a notice says and to whom; templates as in domain/notice/notice-template.ts. */
export interface NoticeContent {
  title: string;
  noticeClass: NoticeClass;
  subjectLine: string;
  body: string;
  /** Needed where it is posted on the web, '' elsewhere. */
  postingText: string;
  audience: NoticeAudience;
  /** For the audience `plan`. */
  planCode: string | null;
  byMail: boolean;
  postOnWeb: boolean;
}

export interface NewNotice extends NoticeContent {
  /** A repeat with the same key makes no second notice: the form's, or `termsEdition/<id>/announcement`. */
  creationKey: string;
  sandbox: boolean;
  createdBy: string;
  cause?: {
    type: Exclude<NoticeCause, 'manual'>;
    id: string;
    step: string;
    /** Values of the cause's placeholders that are the same for everyone. */
    values: Record<string, string>;
    /** Placeholders whose value each contract has of its own (`addNoticeAudience`). */
    contractValueNames?: string[];
    /** The clause under which the cause notifies. */
    clause: string;
    /**
     * Two different people who approved the cause and with it this notice: it then asks nobody again. The first is null
     * where the duty to tell at once did not wait for a second one (第15条).
     */
    approvedBy?: readonly [string | null, string];
  };
}

/**
 * Makes a draft; nothing is sent before its workflow `notice/<id>` runs and two people have approved. Gives its id.
 * @param contractIds contracts that it names, where its audience is `contracts`
 */
export async function createNotice(
  db: Executor,
  input: NewNotice,
  contractIds: readonly string[] = [],
): Promise<string> {
  return db.transaction((tx) => create(tx, input, contractIds));
}

async function create(tx: Executor, input: NewNotice, contractIds: readonly string[]): Promise<string> {
  const { cause, ...content } = input;
  const [first = null, second = null] = cause?.approvedBy ?? [];
  if (first !== null && first === second) throw new Error('a notice is approved by two different people');
  const [made] = await tx
    .insert(notices)
    .values({
      ...content,
      causeType: cause?.type ?? 'manual',
      causeId: cause?.id ?? null,
      causeStep: cause?.step ?? '',
      values: cause?.values ?? {},
      contractValueNames: cause?.contractValueNames ?? [],
      reviewedBy: first,
      approvedBy: second,
    })
    .onConflictDoNothing()
    .returning({ id: notices.id });
  if (made === undefined) {
    const [there] = await tx
      .select({ id: notices.id })
      .from(notices)
      .where(eq(notices.creationKey, input.creationKey));
    if (there === undefined) throw new Error('the notice was not stored');
    return there.id;
  }
  const rows = contractIds.map((contractId) => ({ contractId }));
  await addNoticeAudience(tx, made.id, rows);
  await recordAudit(tx, {
    actor: input.createdBy,
    action: 'notice.drafted',
    subjectType: 'notice',
    subjectId: made.id,
    clause: cause?.clause ?? '第17条3項',
    after: {
      noticeClass: input.noticeClass,
      audience: input.audience,
      ...(cause === undefined ? {} : { causeType: cause.type, causeId: cause.id, causeStep: cause.step }),
    },
  });
  return made.id;
}
