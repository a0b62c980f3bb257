import type { WatchRule } from '../../domain/watch/rules.ts';
import type { UsageStream } from './usage-stream.ts';

export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
/** 2027-06-01 in Japan. */
export const FIRST_DAY = Date.UTC(2027, 4, 31, 15);

export type Planted = Partial<Record<WatchRule, number>>;

/** At noon of the first or second day, far from midnight and early enough for all lines to arrive. */
const noon = (stream: UsageStream) => FIRST_DAY + stream.whole(2) * DAY + 10 * HOUR + stream.whole(5 * HOUR);

/** Does it for `n` moments, `everyMs` apart. */
function repeat(n: number, everyMs: number, work: (offsetMs: number, index: number) => void): void {
  for (let index = 0; index < n; index += 1) work(Math.floor(index * everyMs), index);
}

/** Plants one finding, or as many as it says, each for contracts of its own. */
const PLANTS: Record<WatchRule, (stream: UsageStream) => number> = {
  load: (stream) => {
    const [contract, t] = [stream.contract(), noon(stream)];
    const people = Array.from({ length: 40 }, () => stream.person());
    repeat(600 + stream.whole(40), 90, (ms) => stream.text(contract, t + ms, { to: stream.pick(people) }));
    return 1;
  },
  emergencyCalls: (stream) => {
    const [contract, t] = [stream.contract(), noon(stream)];
    const call = (ms: number) =>
      stream.call(contract, t + ms, stream.pick([0, 20 * SECOND]), {
        to: stream.pick(['110', '+81118', '119', '#7119', '186189']),
      });
    repeat(1 + stream.whole(3), MINUTE, call);
    if (stream.random() < 0.5) return 1;
    stream.close(contract, '18-10', t + 6 * HOUR);
    call(7 * HOUR);
    return 2;
  },
  withheldCallerId: (stream) => {
    const [contract, t] = [stream.contract(), noon(stream)];
    repeat(1 + stream.whole(3), MINUTE, (ms, index) =>
      stream.call(
        contract,
        t + ms,
        20 * SECOND,
        index % 2 === 0 ? { from: 'anonymous' } : { to: '18409012345678' },
      ),
    );
    return 1;
  },
  smsRelay: (stream) => {
    const [contract, t] = [stream.contract(), noon(stream)];
    repeat(10 + stream.whole(5), 2 * MINUTE, (ms) => {
      const digest = stream.sid('d');
      stream.textIn(contract, t + ms, { digest });
      stream.text(contract, t + ms + 5 * SECOND + stream.whole(295 * SECOND), { digest });
    });
    return 1;
  },
  bulkSms: (stream) => {
    const [contract, t, base] = [stream.contract(), noon(stream), stream.whole(100_000) * 1000];
    repeat(100 + stream.whole(30), 25 * SECOND, (ms, index) =>
      stream.text(contract, t + ms, { to: `+8170${String(base + index).padStart(8, '0')}` }),
    );
    return 1;
  },
  numberPurchases: (stream) => {
    const [contract, t] = [stream.contract(), noon(stream)];
    repeat(10 + stream.whole(4), 3 * MINUTE, (ms) => stream.number(contract, t + ms));
    if (stream.random() < 0.5) return 1;
    stream.close(contract, '18-24', t + 3 * HOUR);
    repeat(10, MINUTE, (ms) => stream.number(contract, t + 4 * HOUR + ms));
    return 2;
  },
  numberCycles: (stream) => {
    const [contract, t] = [stream.contract(), noon(stream)];
    repeat(3 + stream.whole(3), MINUTE, (ms) => stream.number(contract, t + ms, { heldMs: HOUR }));
    return 1;
  },
  shortCalls: (stream) => {
    const [contract, t, base] = [stream.contract(), noon(stream), stream.whole(100_000) * 1000];
    repeat(50 + stream.whole(10), MINUTE, (ms, index) =>
      stream.call(contract, t + ms, stream.pick([2, 4, 6]) * SECOND, {
        to: `+8180${String(base + index).padStart(8, '0')}`,
        final: 'no-answer',
      }),
    );
    return 1;
  },
  simultaneousCalls: (stream) => {
    const [contract, t] = [stream.contract(), noon(stream)];
    repeat(100 + stream.whole(12), 500, (ms) =>
      stream.callIn(contract, t + ms, 5 * MINUTE + stream.whole(4 * MINUTE)),
    );
    return 1;
  },
  severalContracts: (stream) => {
    const corporation = stream.sid('C');
    stream.contract({ corporation });
    stream.contract({ corporation, from: '2027-05-01' });
    return 1;
  },
  numbersOverLimit: (stream) => {
    const corporation = stream.sid('C');
    stream.contract({ corporation, reason: true, numbers: 14 });
    const contract = stream.contract({ corporation, reason: true, numbers: 6 });
    const t = noon(stream);
    repeat(1 + stream.whole(3), MINUTE, (ms) => stream.number(contract, t + ms));
    return 1;
  },
};

/** What looks like a finding and is none. */
const LOOK_ALIKES: ((stream: UsageStream) => void)[] = [
  (stream) => {
    // 99 at once; each that ends makes room at that very instant.
    const [contract, t] = [stream.contract(), noon(stream)];
    repeat(99, 100, (ms) => stream.callIn(contract, t + ms, 6 * MINUTE));
    repeat(20, 100, (ms) => stream.callIn(contract, t + ms + 6 * MINUTE, MINUTE));
  },
  (stream) => {
    // Nine on each side of midnight.
    const [contract, midnight] = [stream.contract(), FIRST_DAY + DAY];
    repeat(9, MINUTE, (ms) => stream.number(contract, midnight - 20 * MINUTE + ms));
    repeat(9, MINUTE, (ms) => stream.number(contract, midnight + ms));
  },
  (stream) => {
    // Announced the day before.
    const exception = {
      rule: 'numberPurchases',
      knownAt: '2027-05-28T10:00:00+09:00',
      from: '2027-06-01',
      to: '2027-06-02',
      allow: 30,
    };
    const [contract, t] = [stream.contract({ exceptions: [exception] }), noon(stream)];
    repeat(25, MINUTE, (ms) => stream.number(contract, t + ms));
  },
  (stream) => {
    // What the caller withheld is passed on; land lines of Akita and Sapporo.
    const [contract, t] = [stream.contract(), noon(stream)];
    repeat(5, 10 * MINUTE, (ms) => {
      const parent = stream.callIn(contract, t + ms, 3 * MINUTE, 'anonymous');
      stream.call(contract, t + ms + 5 * SECOND, 2 * MINUTE, {
        direction: 'outbound-dial',
        from: 'anonymous',
        parent,
      });
      stream.call(contract, t + ms, 2 * MINUTE, { to: stream.pick(['+81184221234', '+81119123456']) });
    });
  },
  (stream) => {
    // 150 who called in that morning.
    const [contract, t] = [stream.contract(), noon(stream)];
    repeat(150, 20 * SECOND, (ms) => {
      const to = stream.person();
      stream.callIn(contract, t - 9 * HOUR + ms, 15 * SECOND, to);
      stream.text(contract, t + ms, { to });
    });
  },
  (stream) => {
    // Ends that never came: four hours each.
    const contract = stream.contract();
    repeat(120, 10 * MINUTE, (ms) => stream.call(contract, FIRST_DAY + ms, null));
  },
];

/** Plants about so many findings, evenly among the rules, and as many look-alikes; says how many of each rule. */
export function plantAll(stream: UsageStream, findings: number): Planted {
  const planted: Planted = {};
  const rules = Object.entries(PLANTS) as [WatchRule, (typeof PLANTS)[WatchRule]][];
  for (const [rule, plant] of rules) {
    const wanted = Math.max(1, Math.round(findings / rules.length));
    let made = 0;
    while (made < wanted) made += plant(stream);
    planted[rule] = made;
  }
  for (let n = 0; n < findings; n += 1) LOOK_ALIKES[n % LOOK_ALIKES.length]?.(stream);
  return planted;
}
