import { randomNumbers } from './random.ts';
import { DAY, FIRST_DAY, HOUR, MINUTE, type Planted, plantAll, SECOND } from './usage-planted.ts';

export type Fields = Record<string, string | number | undefined>;
export interface StreamContract {
  id: string;
  corporation: string;
  from: string;
  [field: string]: unknown;
}

export interface StreamOptions {
  events: number;
  contracts: number;
  /** How many findings are planted, about. */
  findings: number;
  seed: number;
}

/** What a watcher has to say about a stream: the findings by rule, and what becomes of its lines. */
export interface StreamTruth {
  planted: Planted;
  used: number;
  duplicates: number;
  late: number;
  skewed: number;
  unknown: number;
}

/** What becomes of a line that is read: it is used, unless it is told otherwise. */
type Fate = 'used' | 'duplicates' | 'late' | 'unknown';
interface Line {
  arrivedMs: number;
  text: string;
  fate: Fate;
  skewed: boolean;
}

/**
 * A made-up stream of usage in its order of arrival: conversations that are nothing, findings that are planted, and what only
 * looks like one. Lines overtake each other, some come hours late, 2 % come twice; a few are too late to count, ahead of their
 * arrival, or of an account that no contract has. The same for the same options.
 */
export class UsageStream {
  readonly contracts: StreamContract[] = [];
  readonly truth: StreamTruth;
  readonly random: () => number;
  readonly #options: StreamOptions;
  /** Lines that have not arrived yet, by the minute of their arrival. */
  readonly #pending = new Map<number, Line[]>();
  #sids = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.random = randomNumbers(options.seed);
    this.truth = { planted: {}, used: 0, duplicates: 0, late: 0, skewed: 0, unknown: 0 };
    this.truth.planted = plantAll(this, options.findings);
    if (this.contracts.length >= options.contracts)
      throw new RangeError('too few contracts for the findings');
  }

  /** The first line, then as many events as were asked for. */
  *lines(): Generator<string> {
    const busy: string[] = [];
    while (this.contracts.length < this.#options.contracts) busy.push(this.contract());
    yield JSON.stringify({ kind: 'watch-stream', policy: {}, contracts: this.contracts });
    this.#odd(busy);
    let left = this.#options.events;
    const planned = [...this.#pending.values()].reduce((sum, lines) => sum + lines.length, 0);
    // At about six lines each they go on for three days, and so past everything that is planted.
    const conversations = (((left - planned) / 6) * MINUTE) / (3 * DAY);
    if (conversations <= 0) throw new RangeError('too few events for the findings');
    for (let minute = FIRST_DAY / MINUTE; left > 0; minute += 1) {
      for (let n = Math.floor(conversations + this.random()); n > 0; n -= 1) {
        this.#conversation(this.pick(busy), minute * MINUTE + this.whole(MINUTE));
      }
      const arrived = (this.#pending.get(minute) ?? []).sort((a, b) => a.arrivedMs - b.arrivedMs);
      this.#pending.delete(minute);
      for (const line of arrived.slice(0, left)) {
        this.truth[line.fate] += 1;
        if (line.skewed) this.truth.skewed += 1;
        yield line.text;
      }
      left -= Math.min(left, arrived.length);
    }
  }

  whole(below: number): number {
    return Math.floor(this.random() * below);
  }

  pick<T>(from: readonly T[]): T {
    const [picked] = from.slice(this.whole(from.length));
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }

  contract(fields: Record<string, unknown> = {}): string {
    const n = String(this.contracts.length + 1).padStart(5, '0');
    this.contracts.push({ id: `K${n}`, corporation: `C${n}`, from: '2027-04-01', numbers: 2, ...fields });
    return `K${n}`;
  }

  sid(prefix: string): string {
    this.#sids += 1;
    return prefix + this.#sids.toString(16).padStart(32, '0');
  }

  person(): string {
    return `+8190${String(this.whole(10_000_000)).padStart(8, '0')}`;
  }

  /** An event at `t`; most come within a second or two, some after minutes, a few after hours. */
  emit(fields: Fields, t: number, options: { lagMs?: number; fate?: Fate; skewed?: boolean } = {}): void {
    const { lagMs = this.#lag(), fate = 'used', skewed = false } = options;
    const at = new Date(t).toISOString();
    const line = (arrivedMs: number) => {
      const receivedAt = new Date(arrivedMs).toISOString();
      return JSON.stringify({ ...fields, at, receivedAt });
    };
    this.#arrive({ arrivedMs: t + lagMs, text: line(t + lagMs), fate, skewed });
    if (fate !== 'used' || skewed || this.random() > 0.02) return;
    const again = t + lagMs + this.pick([15 * SECOND, 30 * SECOND, 3 * HOUR]);
    this.#arrive({ arrivedMs: again, text: line(again), fate: 'duplicates', skewed });
  }

  /** A closing of a case by staff. */
  close(contract: string, clause: string, t: number): void {
    const text = JSON.stringify({
      type: 'case',
      contract,
      clause,
      status: 'closed',
      at: new Date(t).toISOString(),
    });
    this.#arrive({ arrivedMs: t, text, fate: 'used', skewed: false });
  }

  /** A call of `lengthMs`, or without an end; returns its sid. */
  call(
    contract: string,
    t: number,
    lengthMs: number | null,
    options: Fields & { final?: string } = {},
  ): string {
    const { final = 'completed', ...rest } = options;
    const sid = this.sid('CA');
    const line = {
      type: 'call',
      sid,
      contract,
      direction: 'outbound-api',
      from: '+815000000001',
      to: this.person(),
      ...rest,
    };
    const ends = lengthMs === null ? Number.POSITIVE_INFINITY : t + lengthMs;
    for (const [index, status] of ['initiated', 'ringing', 'in-progress'].entries()) {
      if (status === 'in-progress' && final !== 'completed') continue;
      this.emit({ ...line, status }, Math.min(t + index * SECOND, ends));
    }
    if (lengthMs !== null)
      this.emit({ ...line, status: final, durationS: Math.floor(lengthMs / 1000) }, ends);
    return sid;
  }

  callIn(contract: string, t: number, lengthMs: number, from = this.person()): string {
    return this.call(contract, t, lengthMs, { direction: 'inbound', from, to: '+815000000001' });
  }

  text(contract: string, t: number, options: Fields = {}): void {
    const line = {
      type: 'sms',
      sid: this.sid('SM'),
      contract,
      direction: 'outbound-api',
      from: '+815000000001',
      to: this.person(),
      ...options,
    };
    for (const [index, status] of ['sent', 'delivered'].entries())
      this.emit({ ...line, status }, t + index * 1500);
  }

  textIn(contract: string, t: number, options: Fields = {}): void {
    this.emit(
      {
        type: 'sms',
        sid: this.sid('SM'),
        contract,
        direction: 'inbound',
        from: this.person(),
        to: '+815000000001',
        status: 'received',
        ...options,
      },
      t,
    );
  }

  /** A purchase, and a release after `heldMs`. */
  number(contract: string, t: number, options: Fields & { heldMs?: number } = {}): void {
    const { heldMs, ...rest } = options;
    const line = {
      type: 'number',
      sid: this.sid('PN'),
      contract,
      number: `+8150${String(this.#sids).padStart(8, '0')}`,
      ...rest,
    };
    this.emit({ ...line, status: 'purchased' }, t);
    if (heldMs !== undefined) this.emit({ ...line, status: 'released' }, t + heldMs);
  }

  /** Somebody calls, is passed on perhaps, and gets the message that was asked for; or is called back. */
  #conversation(contract: string, t: number): void {
    const lengthMs = 20 * SECOND + this.whole(4 * MINUTE);
    const kind = this.random();
    if (kind < 0.7) {
      const from = this.person();
      const parent = this.callIn(contract, t, lengthMs, from);
      if (this.random() < 0.35)
        this.call(contract, t + 8 * SECOND, lengthMs, { direction: 'outbound-dial', from, parent });
      if (this.random() < 0.6) this.text(contract, t + 15 * SECOND, { to: from });
    } else if (kind < 0.97) this.call(contract, t, lengthMs);
    else this.call(contract, t, 25 * SECOND, { final: this.pick(['busy', 'no-answer']) });
  }

  /** Lines that do not count, or not as they stand. */
  #odd(busy: readonly string[]): void {
    const noon = () => FIRST_DAY + 10 * HOUR + this.whole(7 * HOUR);
    const call = {
      type: 'call',
      direction: 'outbound-api',
      from: '+815000000001',
      to: '110',
      status: 'initiated',
    };
    for (let n = 0; n < 50; n += 1) {
      this.emit({ ...call, sid: this.sid('CA'), contract: 'K99999' }, noon(), { fate: 'unknown' });
      this.emit({ ...call, sid: this.sid('CA'), contract: this.pick(busy) }, noon() - 7 * DAY - HOUR, {
        fate: 'late',
        lagMs: 7 * DAY + HOUR,
      });
      const ahead = { ...call, to: this.person(), sid: this.sid('CA'), contract: this.pick(busy) };
      this.emit(ahead, noon(), { lagMs: -10 * MINUTE, skewed: true });
    }
  }

  #lag(): number {
    const kind = this.random();
    if (kind < 0.97) return 120 + this.whole(2000);
    return kind < 0.995 ? MINUTE + this.whole(19 * MINUTE) : HOUR + this.whole(2 * HOUR);
  }

  #arrive(line: Line): void {
    const minute = Math.floor(line.arrivedMs / MINUTE);
    const lines = this.#pending.get(minute);
    if (lines === undefined) this.#pending.set(minute, [line]);
    else lines.push(line);
  }
}
