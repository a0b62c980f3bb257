import * as fc from 'fast-check';
import { WATCH_RULES } from '../../domain/watch/rules.ts';
import { at, OWN, person } from './watch-events.ts';
import type { ContractJson, EventJson, WatchInput } from './watch-reference.ts';

/*
 * Small worlds in which everything meets: few contracts, numbers and texts, low thresholds, and instants that fall together, on
 * both sides of midnight and on the edges of the windows.
 */

const iso = (ms: number) => new Date(ms).toISOString();
const BEGIN = Date.parse(at('23:58'));
const instant = fc
  .tuple(
    fc.constantFrom(0, 0, 0, 86_400_000),
    fc.integer({ min: 0, max: 24 }),
    fc.constantFrom(0, 0, 0, -1, 1),
  )
  .map(([day, step, ms]) => BEGIN + day + step * 10_000 + ms);
const contractId = fc.constantFrom('K1', 'K1', 'K1', 'K1', 'K2', 'K3');
const outside = fc.constantFrom(person(1), person(2), '09000000001', `184${person(3)}`, 'client:alice');
const caller = fc.constantFrom(person(1), person(2), 'anonymous', '');
const low = fc.constantFrom(1, 1, 2, 2, 3, 4);

/** Thresholds that a few events reach; the rest as it is or as set. */
const policy = fc.record(
  {
    'watch.loadPerMinute': low,
    'watch.emergencyCalls': low,
    'watch.similarNumbers': fc.constantFrom([], ['171'], [person(2)]),
    'watch.withheldCalls': low,
    'watch.smsRelays': low,
    'watch.smsRelaySeconds': fc.constantFrom(0, 10, 60),
    'watch.bulkSmsRecipients': low,
    'watch.bulkSmsMinutes': fc.constantFrom(1, 2),
    'watch.solicitedHours': fc.constantFrom(0, 24),
    'watch.numberPurchases': low,
    'watch.numberCycles': low,
    'watch.shortCallRecipients': low,
    'watch.shortCallMinutes': fc.constantFrom(1, 2),
    'watch.shortCallSeconds': fc.constantFrom(0, 10, 30),
    'watch.simultaneousCalls': low,
    'watch.openCallHours': fc.constantFrom(0, 1),
    'watch.legs': fc.constantFrom('all', 'parent'),
    'watch.contractsPerCorporation': low,
    'watch.numbersPerCorporation': fc.integer({ min: 0, max: 4 }),
    'watch.lateHours': fc.constantFrom(0, 1, 168),
    'watch.skewSeconds': fc.constantFrom(0, 10, 300),
  },
  {
    requiredKeys: [
      'watch.loadPerMinute',
      'watch.emergencyCalls',
      'watch.withheldCalls',
      'watch.smsRelays',
      'watch.bulkSmsRecipients',
      'watch.numberPurchases',
      'watch.numberCycles',
      'watch.shortCallRecipients',
      'watch.simultaneousCalls',
    ],
  },
);

const exception = fc.record({
  rule: fc.constantFrom(
    'load',
    'emergencyCalls',
    'bulkSms',
    'numberPurchases',
    'numberCycles',
    'shortCalls',
    'simultaneousCalls',
    'numbersOverLimit',
  ),
  knownAt: instant.map(iso),
  from: fc.constantFrom('2027-05-12', '2027-05-13'),
  to: fc.constantFrom('2027-05-13', '2027-05-14'),
  allow: fc.option(fc.integer({ min: 0, max: 6 })),
});

const sids = (prefix: string) => fc.integer({ min: 1, max: 9 }).map((n) => `${prefix}${n}`);

const contract = (id: string) =>
  fc.record(
    {
      id: fc.constant(id),
      corporation: fc.constantFrom('C1', 'C1', 'C2'),
      from: fc.constantFrom('2027-05-01', '2027-05-12', '2027-05-13'),
      to: fc.constantFrom('2027-05-12', '2027-05-13'),
      reason: fc.boolean(),
      numbers: fc.integer({ min: 0, max: 2 }),
      policy,
      exceptions: fc.array(exception, { maxLength: 2 }),
    },
    { requiredKeys: ['id'] },
  );
const contracts: fc.Arbitrary<ContractJson[]> = fc.tuple(contract('K1'), contract('K2'), contract('K3'));

/** When lines of one thing came: at its time with a little, an hour's or a week's delay, before its time, or nobody noted it. */
const arrival = fc.constantFrom(0, 0, 800, 3_600_001, 604_800_001, -20_000, -400_000, null);
const status = (...statuses: string[]) =>
  fc.array(fc.tuple(fc.constantFrom(...statuses), instant, arrival), { minLength: 1, maxLength: 3 });

/** One line for each status that was told, maybe with different times. */
function lines<T extends object>(thing: fc.Arbitrary<T>, told: ReturnType<typeof status>) {
  return fc.tuple(thing, told).map(([each, all]) =>
    all.map(([status, t, delay]) => ({
      ...each,
      status,
      at: iso(t),
      ...(delay === null ? {} : { receivedAt: iso(t + delay) }),
    })),
  );
}

const call = lines(
  fc
    .record(
      {
        sid: sids('CA'),
        out: fc.boolean(),
        other: fc.oneof(outside, fc.constantFrom('110', '171', '+81118', '184119')),
        own: fc.constantFrom(OWN, OWN, 'anonymous', ''),
        caller,
        parent: fc.constantFrom('CA1', 'CA2', 'CA3'),
        durationS: fc.constantFrom(0, 10, 30, 60),
      },
      { requiredKeys: ['sid', 'out', 'other', 'own', 'caller', 'durationS'] },
    )
    .map(({ out, other, own, caller, ...rest }) => ({
      type: 'call',
      ...rest,
      direction: out ? 'outbound-api' : 'inbound',
      from: out ? own : caller,
      to: out ? other : OWN,
    })),
  status('queued', 'initiated', 'ringing', 'in-progress', 'completed', 'busy', 'no-answer', 'failed'),
);

const digest = fc.constantFrom('d1', 'd1', 'd2');

const message = fc.oneof(
  lines(
    fc
      .record({ sid: sids('SM'), to: outside, digest }, { requiredKeys: ['sid', 'to'] })
      .map((each) => ({ type: 'sms', direction: 'outbound-api', from: OWN, ...each })),
    status('queued', 'sending', 'sent', 'sent', 'delivered', 'failed', 'received'),
  ),
  lines(
    fc
      .record({ sid: sids('SN'), from: outside, digest }, { requiredKeys: ['sid', 'from'] })
      .map((each) => ({ type: 'sms', direction: 'inbound', to: OWN, ...each })),
    status('received', 'received', 'received', 'sent'),
  ),
);

/** A message that comes in and goes out again, at once or on either edge of the time that makes it a relay. */
const relay = fc
  .record({
    sid: sids('R'),
    from: outside,
    to: outside,
    digest,
    t: instant,
    gapMs: fc.constantFrom(0, -1, 1, 10_000, 60_000, 60_001, 300_000, 300_001),
  })
  .map(({ sid, from, to, digest, t, gapMs }) => [
    {
      type: 'sms',
      sid: `SI${sid}`,
      direction: 'inbound',
      from,
      to: OWN,
      digest,
      status: 'received',
      at: iso(t),
    },
    {
      type: 'sms',
      sid: `SO${sid}`,
      direction: 'outbound-api',
      from: OWN,
      to,
      digest,
      status: 'sent',
      at: iso(t + gapMs),
    },
  ]);

const number = lines(
  fc
    .record({
      type: fc.constant('number'),
      sid: sids('PN'),
      number: fc.constantFrom('+815000000901', '+815000000902', '05000000901'),
      isOperator: fc.constantFrom(false, false, false, true),
    })
    .map(({ isOperator, ...each }) => (isOperator ? { ...each, by: 'operator' } : each)),
  status('purchased', 'released'),
);

const closing = fc.record({
  type: fc.constant('case'),
  clause: fc.constantFrom(...Object.values(WATCH_RULES).map(({ clause }) => clause)),
  status: fc.constant('closed'),
  at: instant.map(iso),
});

/** Each sid is one thing of one contract: the first that was made with it decides what it is. */
function consistent(events: EventJson[]): EventJson[] {
  const things = new Map<string, EventJson>();
  return events.map((event) => {
    if (event.sid === undefined) return event;
    const key = event.type === 'number' ? `${event.sid} ${event.status}` : event.sid;
    const first = things.get(key) ?? event;
    things.set(key, first);
    const { status, at, receivedAt } = event;
    return { ...first, status, at, ...(receivedAt === undefined ? {} : { receivedAt }) };
  });
}

const withContract = (events: fc.Arbitrary<Omit<EventJson, 'contract'>[]>): fc.Arbitrary<EventJson[]> =>
  fc.tuple(events, contractId).map(([all, id]) => all.map((event) => ({ ...event, contract: id })));

const closings = fc
  .array(withContract(fc.array(closing, { minLength: 1, maxLength: 1 })), { maxLength: 12, size: 'max' })
  .map((all) => all.flat());

/** Lines that may tell of one sid what they like. */
const anyUsage: fc.Arbitrary<EventJson[]> = fc
  .array(fc.oneof(...[call, message, relay, number].map(withContract)), {
    minLength: 1,
    maxLength: 30,
    size: 'max',
  })
  .map((events) => events.flat());

const usage = anyUsage.map(consistent);

/** A whole situation. Without closings where they would only blur what is shown; `agreed`: no line contradicts another. */
export function world(options: { closings: boolean; agreed?: boolean }): fc.Arbitrary<WatchInput> {
  const events = fc
    .tuple(
      options.agreed === false ? anyUsage : usage,
      options.closings ? closings : fc.constant<EventJson[]>([]),
    )
    .map((both) => both.flat());
  return fc.record({ policy, contracts, events });
}
