import type { CampaignLine, CommandOf } from '../lines.ts';
import type { Applying } from './application.ts';
import { revise } from './certificates.ts';
import { day, isMonthEnd } from './dates.ts';
import { today } from './life.ts';

/** 5-4: a campaign is entered for an application or its contract, one at a time; a second person decides. */
export function enter(life: Applying, command: CommandOf<'campaign'>): void {
  if (life.application.waitingCampaign === null && isPossible(life, command.terms)) {
    life.application.waitingCampaign = command;
  }
}

/** Whether a campaign may be promised today: its own end is to come, and the first day of a contract that is yet to be. */
function isPossible(life: Applying, { until, firstDay, price, earliestEndsOn }: CampaignLine): boolean {
  const names = [firstDay, price, earliestEndsOn].some((field) => field !== null);
  const begins = firstDay === null || (life.contract === null && day(firstDay) > today(life));
  const ends = earliestEndsOn === null || isMonthEnd(day(earliestEndsOn));
  return names && begins && ends && day(until) >= today(life);
}

export function decide(life: Applying, command: CommandOf<'decideCampaign'>): void {
  const { application, contract } = life;
  const waiting = application.waitingCampaign;
  if (waiting === null || waiting.id !== command.campaign || waiting.by === command.by) return;
  const { terms } = waiting;
  // What can no longer be promised waits on.
  if (command.verdict === 'approve' && !isPossible(life, terms)) return;
  application.waitingCampaign = null;
  if (command.verdict === 'reject') return;
  application.campaign = terms;
  if (contract === null) return;
  contract.campaign = terms;
  contract.campaignUntil = day(terms.until);
  revise(life, `campaign/${waiting.id}`);
}
