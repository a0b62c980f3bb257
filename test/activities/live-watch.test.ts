import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LiveWatch } from '../../activities/telephony/live-watch.ts';
import { numberHashOf } from '../../db/personal/number-hash.ts';
import { storeEvents } from '../../db/queries/telephony/events.ts';
import { watchCases, watchFindings } from '../../db/schema/index.ts';
import { CaseReader } from '../../domain/cases/case-reader.ts';
import { readContract, type WatchedContract } from '../../domain/watch/contracts.ts';
import { readEvent } from '../../domain/watch/events.ts';
import type { Finding } from '../../domain/watch/findings.ts';
import { keptFactOf } from '../../domain/watch/intake.ts';
import { Parties } from '../../domain/watch/numbers.ts';
import { watchPoliciesWith } from '../../domain/watch/policies.ts';
import { settleLeftovers } from '../support/leftovers.ts';
import { signedContract } from '../support/telephony-account.ts';
import { postForm, postJson } from '../support/twilio-webhook.ts';
import type { ContractJson, EventJson } from '../support/watch-reference.ts';
import { CONFIG, startWeb, type WebTest } from '../web/support.ts';

interface Stream {
  id: number;
  why: string;
  policy: Record<string, unknown>;
  contracts: ContractJson[];
  events?: EventJson[];
  batches?: EventJson[][];
  expected: { findings: Finding[] };
}

const streams = readFileSync('test/data/watch-public.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line): Stream => JSON.parse(line));

let web: WebTest;
const hash = numberHashOf(CONFIG.PERSONAL_DATA_KEY);
beforeAll(async () => {
  web = await startWeb();
});
afterAll(async () => {
  await settleLeftovers(web.db);
  await web.close();
});

/** Numbers from 0 to below 1, the same in every run. */
function random(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** In random order, about every third twice. */
function shuffled<T>(all: readonly T[], seed: number): T[] {
  const next = random(seed);
  return [...all, ...all.filter(() => next() < 0.3)]
    .map((value) => ({ value, place: next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ value }) => value);
}

type Account = Awaited<ReturnType<typeof signedContract>>;

/** Sends one line as the provider would; what no webhook tells (numbers that the operator bought) comes as staff's own. */
async function send(event: EventJson, known: ReadonlyMap<string, Account>): Promise<void> {
  const own = known.get(event.contract);
  if (own === undefined) return;
  const { contractId, signer } = own;
  const text = (name: string) => String(Reflect.get(event, name) ?? '');
  web.clock.now = new Date(text('receivedAt'));
  if (event.type === 'case') {
    await web.db.insert(watchCases).values({
      ...{ contractId, clause: text('clause'), status: 'closed', taskId: randomUUID(), closedBy: 'test' },
      ...{ openedAt: new Date(text('at')), closedAt: new Date(text('at')) },
    });
    return;
  }
  if (event.type === 'number' && text('by') === 'operator') {
    const read = readEvent(new CaseReader({ ...event, contract: contractId }));
    if (read.type === 'case') throw new Error('a case has no line');
    const fact = keptFactOf(read, new Parties(hash));
    await storeEvents(web.db, [{ fact, receivedAt: web.clock.now, source: 'staff' }]);
    return;
  }
  const fields = { timestamp: text('at'), direction: text('direction'), from: text('from'), to: text('to') };
  const status = text('status');
  const sent =
    event.type === 'call'
      ? await postCall(
          { ...fields, status, sid: text('sid'), parent: text('parent'), duration: text('durationS') },
          signer,
        )
      : event.type === 'sms'
        ? await postJson(
            web.app,
            'messages',
            [{ ...fields, messageSid: text('sid'), messageStatus: status, body: text('digest') }],
            signer,
          )
        : await postJson(
            web.app,
            'numbers',
            [{ timestamp: text('at'), sid: text('sid'), status, phoneNumber: text('number') }],
            signer,
          );
  expect(sent).toBe(204);
}

/** As a form where the time is in whole seconds, as the provider's forms have it; else as JSON. */
async function postCall(
  call: Record<'timestamp' | 'direction' | 'from' | 'to' | 'status' | 'sid' | 'parent' | 'duration', string>,
  signer: Account['signer'],
): Promise<number> {
  const { timestamp, direction, from, to, status, sid, parent, duration } = call;
  const at = new Date(timestamp);
  const event = {
    direction,
    from,
    to,
    callSid: sid,
    callStatus: status,
    parentCallSid: parent,
    callDuration: duration,
  };
  if (at.getMilliseconds() !== 0) return postJson(web.app, 'calls', [{ ...event, timestamp }], signer);
  const form = Object.entries(event).map(([name, value]) => [name[0]?.toUpperCase() + name.slice(1), value]);
  const Timestamp = at.toUTCString().replace('GMT', '+0000');
  return postForm(web.app, 'calls', { ...Object.fromEntries(form), Timestamp }, signer);
}

/** What is stored of contracts as findings, in their order. */
async function storedFindings(ids: ReadonlyMap<string, string>): Promise<Finding[]> {
  const rows = await web.db
    .select({ finding: watchFindings, clause: watchCases.clause })
    .from(watchFindings)
    .innerJoin(watchCases, eq(watchCases.id, watchFindings.caseId))
    .where(inArray(watchFindings.contractId, [...ids.keys()]));
  return rows
    .filter(({ finding }) => finding.withdrawnAt === null)
    .map(({ finding: { contractId, rule, foundFrom, foundTo, count, matches, evidence }, clause }) => ({
      ...{ contract: ids.get(contractId) ?? '', rule, clause },
      ...{ from: foundFrom.toISOString(), to: foundTo.toISOString(), count, matches },
      evidence: evidence.map((each) => ({ ...each, sid: ids.get(each.sid) ?? each.sid })),
    }));
}

const inOrder = (findings: readonly Finding[]) =>
  findings.toSorted((a, b) =>
    `${a.from} ${a.contract} ${a.rule}` < `${b.from} ${b.contract} ${b.rule}` ? -1 : 1,
  );

describe('streams posted as signed webhooks, in random order with repeats, end in the findings of the batch', () => {
  test.each(streams)('$id: $why', async (stream) => {
    const accounts = new Map<string, Account>();
    for (const { id } of stream.contracts) accounts.set(id, await signedContract(web.db));
    const ids = new Map([...accounts].map(([id, { contractId }]) => [contractId, id]));
    const contracts = stream.contracts.map((json): WatchedContract => {
      const read = readContract(new CaseReader(json));
      return { ...read, id: accounts.get(read.id)?.contractId ?? '' };
    });
    const group = { key: `stream ${stream.id}`, contracts, sandbox: true, erased: [] };
    const policies = watchPoliciesWith(stream.policy);
    const live = new LiveWatch(web.db, hash);
    const lines = shuffled(stream.events ?? (stream.batches ?? []).flat(), stream.id);
    const half = Math.floor(lines.length / 2);
    for (const line of lines.slice(0, half)) await send(line, accounts);
    await live.watch(group, policies, new Date());
    for (const line of lines.slice(half)) await send(line, accounts);
    // One process goes on from what it counted, another counts anew: both end in the same.
    await live.watch(group, policies, new Date());
    expect(inOrder(await storedFindings(ids))).toEqual(inOrder(stream.expected.findings));
    await new LiveWatch(web.db, hash).watch(group, policies, new Date());
    expect(inOrder(await storedFindings(ids))).toEqual(inOrder(stream.expected.findings));
  });
});
