import { setTimeout as delay } from 'node:timers/promises';
import { enterFeeChange } from '../../../db/queries/fee-change/enter.ts';
import { findNoticeByCause } from '../../../db/queries/notice/find.ts';
import { uploadTermsEdition } from '../../../db/queries/terms-edition/upload.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { skipTo } from '../../../gateway/clock.ts';
import { contractSnapshot, contractWorkflowId } from '../../../workflows/contract/messages.ts';
import { noticeWorkflowId } from '../../../workflows/notice/messages.ts';
import { publicationWorkflowId } from '../../../workflows/publication/messages.ts';
import { atHour } from '../draft.ts';
import type { EditionLine, FeeChangeLine } from '../lines.ts';
import { asked } from './giving.ts';
import { idOf, type Office } from './office.ts';

const PATIENCE_MS = 10 * 60_000;
const LOOK_MS = 200;

const editionId = ({ number }: EditionLine): string => idOf(`edition/${number}`);

/** An edition is uploaded, approved by a second person, posted and mailed to everybody (第17条). A repeat does nothing more. */
export async function publish(office: Office, edition: EditionLine): Promise<void> {
  const { number, effectiveOn } = edition;
  const { db, publications } = office;
  const [id, uploadedBy] = [editionId(edition), idOf('legal-1')];
  const row = await db.query.termsEditions.findFirst({ where: (t, { eq }) => eq(t.id, id) });
  const subject = { subjectType: 'termsEdition' as const, subjectId: id };
  if (row === undefined) {
    await publications.create(
      (tx) =>
        uploadTermsEdition(tx, {
          ...{ id, number, effectiveOn: civilDate(effectiveOn), uploadedBy },
          ...{ title: 'Hasso 利用規約', detrimental: true, reason: '見直し', fileName: 'terms.html' },
          ...{ documentKey: 'none', documentSha256: 'none', contentType: 'text/html' },
          ...{ bodyHtml: '<p>本文</p>', bodyText: '本文' },
        }),
      () => ({ ...subject, enteredBy: uploadedBy, effectiveOn: civilDate(effectiveOn) }),
    );
    await asked(office, { subjectId: id, kind: 'termsApproval' });
  }
  if (row === undefined || row.status === 'draft') {
    const actor = { kind: 'staff' as const, id: idOf('approver-1') };
    const commandId = idOf(`command/edition/${number}`);
    const answer = await publications.decide(subject, { commandId, actor, verdict: 'approve' });
    if (!answer.ok) throw new Error(`edition ${number}: ${answer.message}`);
  }
  await sent(office, { type: 'termsEdition', id });
}

/** A dearer price list is entered, approved by a second person, posted and mailed to everybody (第6条4項). A repeat does nothing more. */
export async function raiseFees(office: Office, { prices, effectiveOn }: FeeChangeLine): Promise<void> {
  const { db, publications } = office;
  const name = `feeChange/${prices.version}`;
  const [id, enteredBy] = [idOf(name), idOf('operations-1')];
  const subject = { subjectType: 'feeChange' as const, subjectId: id };
  const catalogue = { ...prices, effectiveOn: civilDate(effectiveOn) };
  const begun = { ...subject, enteredBy, effectiveOn: civilDate(effectiveOn) };
  if (!(await enterFeeChange(db, { id, catalogue, reason: '原価の上昇', enteredBy })))
    throw new Error(`price list ${prices.version} was entered otherwise`);
  await publications.create(
    async () => undefined,
    () => begun,
  );
  const row = await db.query.feeChanges.findFirst({ where: (t, { eq }) => eq(t.id, id) });
  if (row?.status === 'draft') {
    await asked(office, { subjectId: id, kind: 'feeChangeApproval' });
    const actor = { kind: 'staff' as const, id: idOf('approver-1') };
    const answer = await publications.decide(subject, {
      ...{ commandId: idOf(`command/${name}`), actor, verdict: 'approve' },
    });
    if (!answer.ok) throw new Error(`price list ${prices.version}: ${answer.message}`);
  }
  await sent(office, { type: 'feeChange', id });
}

type NoticeCause = Parameters<typeof findNoticeByCause>[1];

/** Waits until the notice is posted and every mail has gone; what comes back afterwards is not followed, for it would hold the clock. */
export async function sent({ db, client }: Office, cause: NoticeCause): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const notice = await findNoticeByCause(db, cause);
    if (notice?.status === 'following') {
      const campaign = client.workflow.getHandle(noticeWorkflowId(notice.id));
      if ((await campaign.describe()).status.name === 'RUNNING')
        await campaign.terminate('everything is sent');
      return;
    }
    if (Date.now() > deadline) throw new Error(`the notice of ${cause.type} ${cause.id} is not sent`);
    await delay(LOOK_MS);
  }
}

/** Its day has come: contracts whose certificates name another edition than binds issue a new revision. */
export async function takeEffect(office: Office, edition: EditionLine): Promise<void> {
  const { client, db } = office;
  const workflowId = publicationWorkflowId('termsEdition', editionId(edition));
  const publication = client.workflow.getHandle(workflowId);
  if ((await publication.describe()).status.name === 'RUNNING') {
    const targetMs = atHour(edition.effectiveOn, 7);
    const moved = await skipTo(client, { workflowId, targetMs, id: idOf(`clock/edition/${edition.number}`) });
    if (!moved.ok) throw new Error(`edition ${edition.number}: ${moved.message}`);
  }
  const became = await publication.result();
  if (became !== 'effective') throw new Error(`edition ${edition.number} is ${String(became)}`);
  const live = await db.query.contracts.findMany({
    columns: { id: true },
    where: (t, { inArray }) => inArray(t.status, ['active', 'ending']),
  });
  // A contract that answers has heard what was said to it before.
  for (const { id } of live) await client.workflow.getHandle(contractWorkflowId(id)).query(contractSnapshot);
}
