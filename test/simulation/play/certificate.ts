import { z } from 'zod';
import type { Stated } from '../outcome-lines.ts';

const payload = z.object({
  customer: z.object({ name: z.string(), corporateNumber: z.string(), address: z.string() }),
  plan: z.string(),
  options: z.array(z.object({ name: z.string(), quantity: z.number() })),
  licences: z.number(),
  phoneNumbers: z.array(z.string()),
  contractType: z.string(),
  concludedOn: z.string(),
  period: z.object({ from: z.string(), to: z.string() }),
  autoRenewal: z.boolean(),
  endsOn: z.string().optional(),
  cancelBy: z.string().optional(),
  communicationPayment: z.string(),
  partnerName: z.string().optional(),
  termsEdition: z.string(),
  campaignTerms: z.array(z.string()).optional(),
});

/** What a certificate on record states, of what commands decide. */
export function statedOf(json: string): Stated {
  const states = payload.parse(JSON.parse(json));
  const { name, corporateNumber, address } = states.customer;
  return {
    ...{ customer: name, corporateNumber, address },
    plan: states.plan,
    options: states.options.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    licences: states.licences,
    phoneNumbers: states.phoneNumbers.length,
    contractType: states.contractType,
    concludedOn: states.concludedOn,
    from: states.period.from,
    to: states.period.to,
    autoRenewal: states.autoRenewal,
    endsOn: states.endsOn ?? null,
    cancelBy: states.cancelBy ?? null,
    payment: states.communicationPayment,
    partner: states.partnerName ?? '',
    edition: Number(/\d+/.exec(states.termsEdition)?.[0]),
    campaign: (states.campaignTerms ?? []).length > 0,
  };
}
