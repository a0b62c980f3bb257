import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/client.ts';
import { parseCatalogue } from '../../db/queries/catalogue/import.ts';
import { enterFeeChange } from '../../db/queries/fee-change/enter.ts';
import { findNoticeByCause } from '../../db/queries/notice/find.ts';
import { uploadTermsEdition } from '../../db/queries/terms-edition/upload.ts';
import {
  addMonths,
  type CivilDate,
  firstOfNextMonth,
  jstDate,
  jstInstant,
} from '../../domain/calendar/civil-date.ts';
import type { PublicationSubject } from '../../domain/notice/publication.ts';
import { skipTo } from '../../gateway/clock.ts';
import { createOutbox } from '../../gateway/outbox.ts';
import { publicationGateway } from '../../gateway/publication.ts';
import { contractWorkflowId } from '../../workflows/contract/messages.ts';
import { publicationWorkflowId } from '../../workflows/publication/messages.ts';
import { endCampaign } from '../support/campaign.ts';
import { contractDriver } from '../support/contract-life.ts';
import { type applicants, eventually, staff } from '../support/people.ts';

const HOUR_MS = 3_600_000;

/** Ways through a publication; each returns its workflow ID. */
export function publicationScenarios(
  db: Database,
  client: Client,
  people: ReturnType<typeof applicants>,
): Record<string, () => Promise<string>> {
  const gateway = publicationGateway(createOutbox(db, client));
  const effectiveOn = addMonths(firstOfNextMonth(jstDate(Date.now())), 2);
  const enteredBy = randomUUID();

  const start = async (subjectType: PublicationSubject, subjectId: string) => {
    const input = { subjectType, subjectId, enteredBy, effectiveOn };
    await gateway.create(
      async () => undefined,
      () => input,
    );
    return publicationWorkflowId(subjectType, subjectId);
  };
  const decide = (
    subjectType: PublicationSubject,
    subjectId: string,
    by: string,
    verdict: 'approve' | 'reject',
  ) => gateway.decide({ subjectType, subjectId }, { commandId: randomUUID(), actor: staff(by), verdict });
  const sent = async (type: PublicationSubject, id: string) => {
    const notice = await eventually('the notice is posted', async () => {
      const row = await findNoticeByCause(db, { type, id });
      return row?.postedAt == null ? null : row;
    });
    await endCampaign(client, notice.id);
  };
  const to = async (workflowId: string, day: CivilDate) => {
    const targetMs = jstInstant(day) + 12 * HOUR_MS;
    const moved = await skipTo(client, { workflowId, targetMs, id: randomUUID() });
    if (!moved.ok) throw new Error(moved.message);
  };
  const edition = async (number: number) => {
    const id = randomUUID();
    await uploadTermsEdition(db, {
      id,
      number,
      title: '記録用の規約',
      effectiveOn,
      detrimental: false,
      reason: '記録のため',
      documentKey: '',
      documentSha256: '',
      contentType: 'text/markdown',
      fileName: '',
      bodyHtml: '<p>記録</p>',
      bodyText: '記録',
      uploadedBy: enteredBy,
    });
    return id;
  };

  /** An edition that begins to bind a contract, whose certificate is revised. */
  const revised = async (number: number) => {
    const contractId = await people.conclude();
    const life = contractDriver(db, client, contractId);
    await life.mailed('certificateIssued');
    const id = await edition(number);
    const workflowId = await start('termsEdition', id);
    await decide('termsEdition', id, randomUUID(), 'approve');
    await sent('termsEdition', id);
    await life.to(`${effectiveOn}T00:30:00+09:00`);
    await to(workflowId, effectiveOn);
    await client.workflow.getHandle(workflowId).result();
    await eventually('the certificate is revised', async () => {
      const all = await db.query.certificates.findMany({
        where: (t, { eq }) => eq(t.contractId, contractId),
      });
      return all.length > 1 ? all : null;
    });
    return { contractId, life, workflowId };
  };

  return {
    editionTakesEffect: async () => {
      await people.conclude();
      const id = await edition(12);
      const workflowId = await start('termsEdition', id);
      await decide('termsEdition', id, enteredBy, 'approve');
      await decide('termsEdition', id, randomUUID(), 'approve');
      await sent('termsEdition', id);
      await to(workflowId, effectiveOn);
      return workflowId;
    },

    editionRevises: async () => (await revised(15)).workflowId,

    termsRevised: async () => {
      const { contractId, life } = await revised(16);
      const arrived = new Date().toISOString();
      const { requestId } = await life.ask({ kind: 'termination', arrived, ground: '4' });
      await life.confirm(requestId, randomUUID(), 'confirm');
      await life.over();
      return contractWorkflowId(contractId);
    },

    editionLapses: async () => {
      const workflowId = await start('termsEdition', await edition(13));
      await to(workflowId, effectiveOn);
      return workflowId;
    },

    editionWithdrawn: async () => {
      const id = await edition(14);
      const workflowId = await start('termsEdition', id);
      await decide('termsEdition', id, randomUUID(), 'approve');
      await sent('termsEdition', id);
      await decide('termsEdition', id, randomUUID(), 'reject');
      return workflowId;
    },

    feeChangeMoves: async () => {
      await people.conclude({ contractKind: 'monthly' });
      await people.conclude();
      const sample = parseCatalogue(JSON.parse(await readFile('samples/catalogue.json', 'utf8')));
      const id = randomUUID();
      const catalogue = { ...sample, version: 2, effectiveOn };
      await enterFeeChange(db, { id, catalogue, reason: '記録のため', enteredBy });
      const workflowId = await start('feeChange', id);
      await decide('feeChange', id, randomUUID(), 'approve');
      await sent('feeChange', id);
      await to(workflowId, effectiveOn);
      await to(workflowId, addMonths(effectiveOn, 1));
      return workflowId;
    },
  };
}
