import type { CommandOf } from '../lines.ts';
import type { Applying } from './application.ts';
import { revise } from './certificates.ts';
import { day } from './dates.ts';
import { today } from './life.ts';

/** 5-4: a campaign is entered for an application or its contract; a second person decides. */
export function enter(life: Applying, command: CommandOf<'campaign'>): void {
  const { terms } = command;
  const firstDay = terms.firstDay === null ? null : day(terms.firstDay);
  // The first day can be named before the conclusion only.
  const wrong =
    day(terms.until) < today(life) ||
    (firstDay !== null && (life.contract !== null || firstDay <= today(life)));
  if (!wrong) life.application.campaign = { terms: command, status: 'waiting' };
}

export function decide(life: Applying, command: CommandOf<'decideCampaign'>): void {
  const { campaign } = life.application;
  if (campaign === null || campaign.terms.id !== command.campaign || campaign.status !== 'waiting') return;
  if (campaign.terms.by === command.by) return;
  campaign.status = command.verdict === 'approve' ? 'effective' : 'rejected';
  const { contract } = life;
  if (campaign.status === 'rejected' || contract === null) return;
  const { terms } = campaign.terms;
  contract.campaign = terms;
  contract.campaignUntil = day(terms.until) >= today(life) ? day(terms.until) : null;
  if (contract.campaignUntil !== null) revise(life, `campaign/${campaign.terms.id}`);
}
