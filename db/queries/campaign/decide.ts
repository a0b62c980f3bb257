import { eq } from 'drizzle-orm';
import { type Answer, refuse } from '../../../domain/base/answers.ts';
import { type CivilDate, civilDate } from '../../../domain/calendar/civil-date.ts';
import {
  type CampaignProblem,
  type CampaignTerms,
  campaignProblems,
} from '../../../domain/future/campaign.ts';
import type { Database, Transaction } from '../../client.ts';
import { sealRow } from '../../personal/seal-row.ts';
import { applications, campaigns, contracts } from '../../schema/index.ts';
import { recordAudit } from '../audit/record.ts';
import { readCatalogue } from '../read/catalogue.ts';

export interface EnterCampaign {
  /** The command id of the form. */
  campaignId: string;
  applicationId: string;
  title: string;
  terms: CampaignTerms;
  reason: string;
  enteredBy: string;
  today: CivilDate;
}

/** Writes a campaign down for a second person to decide, once for each id (第5条4項); or says what is wrong with it. */
export async function enterCampaign(
  db: Database,
  input: EnterCampaign,
): Promise<{ ok: true } | { ok: false; problems: CampaignProblem[] }> {
  const { campaignId, applicationId, title, terms, reason, enteredBy, today } = input;
  return db.transaction(async (tx) => {
    const [earlier] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId));
    if (earlier !== undefined) return { ok: true };
    const subject = await subjectOf(tx, applicationId);
    const problems = campaignProblems(terms, { ...subject, today });
    if (problems.length > 0) return { ok: false, problems };
    const { until, firstDay, price, earliestEndsOn } = terms;
    const row = {
      ...{ id: campaignId, applicationId, title, until, firstDay, earliestEndsOn, reason, enteredBy },
      ...{ planCode: price?.planCode ?? null, feeKind: price?.kind ?? null, feeYen: price?.feeYen ?? null },
      sandbox: subject.sandbox,
    };
    await tx.insert(campaigns).values(sealRow(campaigns, applicationId, row));
    await recordAudit(tx, {
      actor: enteredBy,
      action: 'campaign.entered',
      subjectType: 'application',
      subjectId: applicationId,
      clause: '第5条4項',
      after: { campaignId, until, firstDay, price, earliestEndsOn },
      commandId: campaignId,
    });
    return { ok: true };
  });
}

/** The second person's word on a campaign: somebody else than who entered it, once. */
export async function decideCampaign(
  db: Database,
  input: {
    campaignId: string;
    verdict: 'confirm' | 'reject';
    decidedBy: string;
    commandId: string;
    at: Date;
  },
): Promise<Answer> {
  const { campaignId, verdict, decidedBy, commandId, at } = input;
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for('update');
    if (row === undefined) return refuse('stale', 'このキャンペーンは見つかりません。');
    if (row.enteredBy === decidedBy) {
      return refuse('samePerson', '入力した人とは別の担当者が判断します。', '第5条4項');
    }
    const status = verdict === 'confirm' ? ('effective' as const) : ('rejected' as const);
    if (row.status === status && row.decidedBy === decidedBy) return { ok: true };
    if (row.status !== 'waiting') return refuse('stale', 'このキャンペーンは、すでに判断されています。');
    await tx.update(campaigns).set({ status, decidedBy, decidedAt: at }).where(eq(campaigns.id, campaignId));
    await recordAudit(tx, {
      actor: decidedBy,
      action: `campaign.${status}`,
      subjectType: 'application',
      subjectId: row.applicationId,
      clause: '第5条4項',
      after: { campaignId },
      commandId,
      businessAt: at,
    });
    return { ok: true };
  });
}

/** What a campaign is checked against: the application, and its contract once there is one. */
async function subjectOf(tx: Transaction, applicationId: string) {
  const [row] = await tx
    .select({ application: applications, contract: contracts })
    .from(applications)
    .leftJoin(contracts, eq(contracts.applicationId, applications.id))
    .where(eq(applications.id, applicationId));
  if (row === undefined) throw new Error(`application ${applicationId} does not exist`);
  const { application, contract } = row;
  const { plans } = await readCatalogue(tx, contract?.catalogueVersion ?? application.catalogueVersion);
  return {
    sandbox: application.sandbox,
    concludedOn: contract === null ? null : civilDate(contract.concludedOn),
    planCodes: plans.map(({ code }) => code),
  };
}
