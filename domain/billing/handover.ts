import type { DocumentRoute } from './partners.ts';

type Way = Pick<DocumentRoute, 'recipient' | 'deliveredBy'> & { type: string };

/** Whom a paper is sent to: whoever hands it over, or it is made out to; `customer` or a partner's id (第6条2項). */
export function sentTo({ recipient, deliveredBy }: Way): string {
  return deliveredBy === 'operator' ? recipient : deliveredBy;
}

/**
 * What we have to have of a paper that goes through a partner (第6条2項): the day on which an agent handed our invoice over
 * (代理交付), the copy of the invoice that an intermediary issued for our statement (媒介者交付); null for others.
 */
export function wantedOf(paper: Way): { kind: 'handedOver' | 'partnerCopy'; partnerId: string } | null {
  if (paper.type === 'statement') return { kind: 'partnerCopy', partnerId: paper.recipient };
  if (paper.deliveredBy !== 'operator') return { kind: 'handedOver', partnerId: paper.deliveredBy };
  return null;
}
