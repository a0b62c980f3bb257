import type { CommandOf } from '../lines.ts';
import { revise } from './certificates.ts';
import { contractOf, type Life, mail } from './life.ts';

/** What is registered of a customer, and what somebody has yet to agree to: one change of each kind at a time. */
export interface Registered {
  email: string;
  customer: CommandOf<'changeCustomer'> | null;
  contact: CommandOf<'changeContact'> | null;
}

/** 5-1: another name or address is entered; what changes nothing, or comes while another waits, is not taken. */
export function enterCustomer(life: Life, command: CommandOf<'changeCustomer'>): void {
  const { company, registered } = life;
  const { name = company.name, address = company.address } = command.values;
  const differs = name !== company.name || address !== company.address;
  if (differs && registered.customer === null) registered.customer = command;
}

/** The second person: the certificate states what is registered from now on, and the customer is told. */
export function decideCustomer(life: Life, { change, by, verdict }: CommandOf<'decideCustomer'>): void {
  const { customer } = life.registered;
  if (customer === null || customer.id !== change || customer.by === by) return;
  life.registered.customer = null;
  if (verdict === 'reject') return;
  const { name = life.company.name, address = life.company.address } = customer.values;
  life.company = { ...life.company, name, address };
  mail(life, `customer-change/${change}`, 'customerChanged');
  revise(life, `customer/${change}`);
}

/** 12-2: another address for mails is entered. */
export function enterContact({ registered }: Life, command: CommandOf<'changeContact'>): void {
  if (command.email !== registered.email && registered.contact === null) registered.contact = command;
}

/** The second person: both addresses are told, the former one unless the last mail to it came back. */
export function decideContact(life: Life, { change, by, verdict }: CommandOf<'decideContact'>): void {
  const { registered } = life;
  const { contact } = registered;
  if (contact === null || contact.id !== change || contact.by === by) return;
  registered.contact = null;
  if (verdict === 'reject') return;
  registered.email = contact.email;
  const { reachable } = contractOf(life);
  mail(life, `contact-change/${change}`, 'contactChanged');
  if (reachable) mail(life, `contact-change/${change}/former`, 'contactChanged');
}
