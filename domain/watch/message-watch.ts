import type { Message } from './messages.ts';
import type { WatchPolicies } from './policies.ts';
import type { MakeRule, Rule } from './rule.ts';
import { Grouped } from './series.ts';
import { countUpTo, insert, remove } from './sorted-numbers.ts';
import { countItems, DAY, DifferentKeys, lastMs } from './windows.ts';

/** The rules about messages of one contract: ⑫ relays, ㉒ messages to people who did not ask. */
export class MessageWatch {
  readonly #smsRelay: Rule<Message>;
  readonly #bulkSms: Rule<Message>;
  readonly #relayMs: number;
  readonly #solicitedMs: number;
  /** Messages in and out by their digest. */
  readonly #inbound = new Grouped<Message>();
  readonly #outbound = new Grouped<Message>();
  /** When somebody called or texted this contract, and what it texted to somebody, by number. */
  readonly #contacts = new Map<string, number[]>();
  readonly #sentTo = new Grouped<Message>();

  constructor(make: MakeRule, policies: WatchPolicies) {
    this.#relayMs = policies['watch.smsRelaySeconds'] * 1000;
    this.#solicitedMs = policies['watch.solicitedHours'] * 3_600_000;
    this.#smsRelay = make('smsRelay', policies['watch.smsRelays'], countItems(DAY));
    const bulkWindow = lastMs(policies['watch.bulkSmsMinutes'] * 60_000);
    this.#bulkSms = make(
      'bulkSms',
      policies['watch.bulkSmsRecipients'],
      (items) => new DifferentKeys(items, bulkWindow, ({ other }) => other?.key ?? ''),
    );
  }

  add(message: Message): void {
    const { inbound, other, digest } = message;
    if (digest !== null) (inbound ? this.#inbound : this.#outbound).add(digest, message);
    if (inbound) {
      this.#relayChanged(message);
      if (other !== null) this.addContact(other.key, message.t);
      return;
    }
    if (other !== null) this.#sentTo.add(other.key, message);
    this.#smsRelay.include(message, this.#isRelay(message));
    this.#bulkSms.include(message, this.#isUnasked(message));
  }

  remove(message: Message): void {
    const { inbound, other, digest } = message;
    if (digest !== null) (inbound ? this.#inbound : this.#outbound).remove(digest, message);
    if (inbound) {
      this.#relayChanged(message);
      if (other !== null) this.removeContact(other.key, message.t);
      return;
    }
    if (other !== null) this.#sentTo.remove(other.key, message);
    this.#smsRelay.remove(message);
    this.#bulkSms.remove(message);
  }

  /** Somebody called or texted: what goes to that number soon after was asked for. */
  addContact(key: string, t: number): void {
    const contacts = this.#contacts.get(key);
    if (contacts === undefined) this.#contacts.set(key, [t]);
    else insert(contacts, t);
    this.#contactChanged(key, t);
  }

  removeContact(key: string, t: number): void {
    remove(this.#contacts.get(key) ?? [], t);
    this.#contactChanged(key, t);
  }

  /** ⑫ What came in goes out again to somebody else. */
  #isRelay({ t, other, digest }: Message): boolean {
    if (digest === null) return false;
    const inbound = this.#inbound.of(digest);
    for (let place = inbound.countTo(t - this.#relayMs - 1); ; place++) {
      const message = inbound.at(place);
      if (message === undefined || message.t > t) return false;
      if (message.other?.key !== other?.key) return true;
    }
  }

  /** ㉒ It goes to a number that neither called nor texted within the time. */
  #isUnasked({ t, other }: Message): boolean {
    if (other === null || !other.isNumber) return false;
    const contacts = this.#contacts.get(other.key) ?? [];
    const latest = contacts[countUpTo(contacts, t) - 1];
    return latest === undefined || latest < t - this.#solicitedMs;
  }

  #relayChanged({ t, digest }: Message): void {
    if (digest === null) return;
    for (const sent of this.#outbound.between(digest, t, t + this.#relayMs)) {
      this.#smsRelay.include(sent, this.#isRelay(sent));
    }
  }

  #contactChanged(key: string, t: number): void {
    for (const sent of this.#sentTo.between(key, t, t + this.#solicitedMs)) {
      this.#bulkSms.include(sent, this.#isUnasked(sent));
    }
  }
}
