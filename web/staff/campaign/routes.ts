import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { enterCampaign } from '../../../db/queries/campaign/enter.ts';
import { type CampaignRow, campaignsOf } from '../../../db/queries/campaign/find.ts';
import { campaignApplication, campaignSubject } from '../../../db/queries/campaign/subject.ts';
import { staffNames } from '../../../db/queries/staff/names.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import { subjectPath } from '../../../domain/desk/subjects.ts';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { takeDecision } from '../desk/decision.ts';
import { commandIdOf } from '../desk/verdict.ts';
import { type CampaignPage, type CampaignsOf, campaignPage } from './page.tsx';
import { readCampaign } from './read.ts';

/** Campaigns of one contract (第5条4項), entered for its application or for itself: what holds, entering one, the second person. */
export function campaignRoutes(app: Routes, deps: WebDependencies): void {
  for (const subjectType of ['contract', 'application'] as const) routesFor(app, deps, subjectType);
}

function routesFor(app: Routes, deps: WebDependencies, subjectType: CampaignsOf['subjectType']): void {
  const path = `${subjectPath({ subjectType, subjectId: ':id' })}/campaigns`;
  const subjectOf = (c: Context<WebEnv>): CampaignsOf => ({ subjectType, subjectId: idParam(c, 'id') });

  app.get(path, { right: 'seeCampaigns', shows: 'nothing' }, (c) => {
    return show(c, deps, subjectOf(c), null, 200);
  });

  app.post(path, { right: 'enterCampaign', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const subject = subjectOf(c);
    const { applicationId } = await load(deps, subject);
    const again = (errors: NonNullable<CampaignPage['draft']>['errors']) =>
      show(c, deps, subject, { form: 'entry', values: form.texts(), errors }, 422);
    const read = readCampaign(form);
    if ('errors' in read) return again(read.errors);
    const { id: enteredBy } = c.get('signedIn').staff;
    const about = { campaignId: commandIdOf(form), applicationId, enteredBy };
    const entered = await deps.contracts.enterCampaign(
      (tx) => enterCampaign(tx, { ...about, ...read, today: today(deps) }),
      (stored) => ('campaign' in stored ? stored.campaign : null),
    );
    if ('problems' in entered) return again(entered.problems);
    if ('refused' in entered) throw new Problem(409, { link: linkTo(subject) });
    return c.redirect(linkTo(subject).href, 303);
  });

  app.post(
    `${path}/:campaignId/decision`,
    { right: { task: 'campaignApproval' }, shows: 'nothing' },
    async (c) => {
      const form = await readForm(c);
      requireCsrf(c, form);
      const subject = subjectOf(c);
      const { campaigns, task } = await load(deps, subject);
      const campaign = campaigns.find(({ id }) => id === idParam(c, 'campaignId'));
      if (campaign === undefined) throw new Problem(404);
      return takeDecision<'confirm' | 'reject'>(c, deps, form, {
        ...{ subject, link: linkTo(subject), form: 'decision', stage: 'campaign', clause: '第5条4項' },
        task: campaign.status === 'waiting' ? task : null,
        verdicts: { confirm: [], reject: [] },
        send: ({ decisionId: _, ...command }, write) =>
          deps.contracts.decideCampaign(campaign.id, command, write),
        again: (draft, status) => show(c, deps, subject, draft, status),
      });
    },
  );
}

async function show(
  c: Context<WebEnv>,
  deps: WebDependencies,
  subject: CampaignsOf,
  draft: CampaignPage['draft'],
  status: 200 | 409 | 422,
) {
  const [loaded, names] = await Promise.all([load(deps, subject), staffNames(deps.db)]);
  const tab = subject.subjectType === 'contract' ? 'contracts' : 'applications';
  const page = { frame: frame(c, deps, tab), subject, ...loaded, names, draft, today: today(deps) };
  return c.html(campaignPage({ ...page, newId: randomUUID }), status);
}

async function load({ db }: WebDependencies, subject: CampaignsOf) {
  const found = await campaignApplication(db, subject);
  if (found === null) throw new Problem(404);
  const { applicationId, companyName } = found;
  const [about, campaigns] = await Promise.all([
    campaignSubject(db, applicationId),
    campaignsOf(db, applicationId),
  ]);
  const { contractId, plans, concludedOn } = about;
  // One that was entered before the conclusion is decided where it was entered.
  const task =
    (await findOpenTask(db, { subjectId: contractId ?? applicationId, kind: 'campaignApproval' })) ??
    (await findOpenTask(db, { subjectId: applicationId, kind: 'campaignApproval' }));
  return {
    applicationId,
    companyName,
    campaigns: campaigns satisfies CampaignRow[],
    task,
    plans,
    concludedOn,
  };
}

const today = ({ now }: WebDependencies) => jstDate(now().getTime());

const linkTo = (subject: CampaignsOf) => ({
  href: `${subjectPath(subject)}/campaigns`,
  label: 'キャンペーンの最新の内容を見る',
});
