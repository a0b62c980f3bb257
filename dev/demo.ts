import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { loadTemporalConfig } from '../config.ts';
import { type Database, openDatabase } from '../db/client.ts';
import {
  addDays,
  addMonths,
  type CivilDate,
  formatDateJa,
  jstDate,
  jstInstant,
} from '../domain/calendar/civil-date.ts';
import { advanceClock, virtualNow } from '../gateway/clock.ts';
import { connectTemporal, type TemporalConfig } from '../gateway/connect.ts';
import { createOutbox } from '../gateway/outbox.ts';
import { contractWorkflowId } from '../workflows/contract/messages.ts';
import { type Account, addBaseData, addStaff, sampleLines } from './base-data.ts';
import { type DemoRecords, demoRecords } from './demo-records.ts';
import type { DemoContext } from './demo-stack.ts';
import { HttpUser } from './http-user.ts';
import { decide, errorsOf, fillIn, type SampleApplication, send, signIn, typeIn, until } from './office.ts';

interface People {
  base: string;
  reviewer: HttpUser;
  approver: HttpUser;
  clerk: HttpUser;
  records: DemoRecords;
}

const say = (line: string) => console.log(line);

/**
 * The main job without a browser: five applications through the HTTP forms, two people, mails and certificates, and
 * the first renewal on the test clock. Every step looks first whether it is done, so a killed demo goes on.
 */
export async function runDemo({ stack, outDir, stateDir }: DemoContext): Promise<void> {
  const { DATABASE_URL = '', PERSONAL_DATA_KEY = '', OUTBOX_DIR = '', WEB_URL = '' } = stack.env;
  const { db, close } = openDatabase({ DATABASE_URL, PERSONAL_DATA_KEY }, 2);
  try {
    const remember = memory(stateDir);
    await addBaseData(db);
    const accounts = await addStaff(db, remember.password);
    const records = demoRecords(db);
    const people = await signInAll(WEB_URL, accounts, records);
    const samples = sampleLines<SampleApplication>('applications.jsonl');

    say('\n■ 申込（第4条）');
    const ids = new Map<string, string>();
    for (const sample of samples) ids.set(sample.id, await submit(people, sample));
    say('\n■ 審査と承認（二人、第4条4項）');
    for (const sample of samples) await settle(people, sample, ids.get(sample.id) ?? '', OUTBOX_DIR);

    const annual = await records.contractOf(ids.get('annual') ?? '');
    const monthly = await records.contractOf(ids.get('monthly') ?? '');
    await certificates(OUTBOX_DIR, outDir, annual.id, 1, records);
    await certificates(OUTBOX_DIR, outDir, monthly.id, 1, records);

    say('\n■ テスト時計：年額契約の初回更新まで（第5条3項①）');
    await renewOnce({ db, temporal: loadTemporalConfig(stack.env), contract: annual });
    await certificates(OUTBOX_DIR, outDir, annual.id, 2, records);

    say('\n■ 年額契約の経過');
    for (const line of await records.timeline(annual.id, annual.applicationId)) say(`  ${line}`);
    const files = readdirSync(outDir).filter((name) => name.endsWith('.pdf'));
    say(`\n契約証書: ${files.map((name) => join('var/demo', name)).join('  ')}\n`);
  } finally {
    await close();
  }
}

interface Memory {
  password(role: string, fresh: string): string;
}

/** What must survive a kill: the passwords. */
function memory(stateDir: string): Memory {
  mkdirSync(stateDir, { recursive: true });
  const file = (name: string) => join(stateDir, name);
  const keep = (name: string, text: string) => writeFileSync(file(name), text, { flush: true });
  const read = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : null);
  return {
    password(role, fresh) {
      const known = read(`password-${role}`);
      if (known !== null) return known;
      keep(`password-${role}`, fresh);
      return fresh;
    },
  };
}

async function signInAll(base: string, accounts: Account[], records: DemoRecords): Promise<People> {
  const account = (role: string) => {
    const found = accounts.find((each) => each.role === role);
    if (found === undefined) throw new Error(`there is no account for ${role}`);
    return found;
  };
  const [reviewer, approver, clerk] = await Promise.all(
    ['reviewer', 'approver', 'operations'].map((role) => signIn(base, account(role))),
  );
  if (!reviewer || !approver || !clerk) throw new Error('sign-in failed');
  return { base, reviewer, approver, clerk, records };
}

/** Sends one sample by its channel, once; the application's id. */
async function submit(people: People, sample: SampleApplication): Promise<string> {
  const { records } = people;
  const known = await records.applicationByCompany(sample.form.companyName ?? '');
  if (known !== null) {
    say(`  ${sample.title}：受付済み`);
    return known;
  }
  const applicant = new HttpUser(people.base);
  const page = await fillIn(applicant, sample);
  if (sample.channel === 'web') {
    await send(applicant, page);
  } else {
    if (page.status !== 422) throw new Error(`the web form took what it should refuse: ${sample.id}`);
    say(`  ${sample.title}\n    Web フォームの回答（422）：${errorsOf(page).join(' / ')}`);
    await typeIn(people.clerk, sample, new Date());
  }
  const id = await until('the stored application', () =>
    records.applicationByCompany(sample.form.companyName ?? ''),
  );
  say(`  ${sample.title}：受付（${sample.channel}）`);
  return id;
}

/** Takes an application to the end that the sample is meant to show. */
async function settle(people: People, sample: SampleApplication, id: string, outbox: string): Promise<void> {
  const { reviewer, approver, records } = people;
  const status = () => records.statusOf(id);
  const path = `/staff/applications/${id}`;
  const past =
    (...names: string[]) =>
    async () =>
      !names.includes(await status());
  switch (sample.outcome) {
    case 'accept': {
      const reason = { reasonCode: 'noProblem', reason: '記載内容と確認結果に問題がないため。' };
      await decide(
        reviewer,
        path,
        'review',
        { verdict: 'recommendAccept', ...reason },
        past('received', 'review'),
      );
      const agree = { reasonCode: 'agreeWithReview', reason: '審査の結論に同意します。' };
      await decide(approver, path, 'approval', { verdict: 'accept', ...agree }, past('approval'));
      await until('conclusion', async () => ((await status()) === 'concluded' ? true : null));
      say(`  ${sample.title}：承諾 → 契約成立（第4条2項）`);
      return;
    }
    case 'refuse': {
      const findings = await until('findings', () => records.openHits(id));
      for (const finding of findings) {
        const same = {
          verdict: 'confirmed',
          reasonCode: 'sameSubject',
          reason: '名称とフリガナが一致し、同一と確認。',
        };
        await decide(reviewer, path, `findings/${finding}`, same, () => records.isDecided(finding));
      }
      const refused = { reasonCode: 'antisocial', reason: '反社会的勢力との一致を確認したため。' };
      await decide(
        reviewer,
        path,
        'review',
        { verdict: 'recommendRefuse', ...refused },
        past('received', 'review'),
      );
      await decide(approver, path, 'approval', { verdict: 'refuse', ...refused }, past('approval'));
      await until('refusal', async () => ((await status()) === 'refused' ? true : null));
      const mail = await mailTo(outbox, sample.form.contactEmail ?? '', '結果のお知らせ');
      say(
        `  ${sample.title}：一致を確認 → 二人の判断で承諾せず（第4条4項③）。通知「${mail.subject}」に理由は書かれません`,
      );
      return;
    }
    case 'correct':
    case 'withdraw': {
      if (['withdrawn', 'refused'].includes(await status())) return;
      await until('correction', async () => ((await status()) === 'correction' ? true : null));
      const link = linkIn(await mailTo(outbox, sample.form.contactEmail ?? '', '修正のお願い'));
      say(`  ${sample.title}：修正依頼のメール（第4条4項①）`);
      if (sample.outcome === 'correct') return;
      const applicant = new HttpUser(people.base);
      const page = await applicant.get(link);
      await applicant.post(page, `${link}/withdraw`, { confirm: 'yes' });
      await until('withdrawal', async () => ((await status()) === 'withdrawn' ? true : null));
      say('    申込者がリンクから取り下げ');
      return;
    }
    case 'wait':
      return;
  }
}

/** The newest mail to an address whose subject has a word, once it is in the outbox. */
function mailTo(outbox: string, address: string, word: string): Promise<ParsedMail> {
  return until(`mail "${word}" to ${address}`, async () => {
    for (const name of readdirSync(outbox)
      .filter((each) => each.endsWith('.eml'))
      .sort()
      .reverse()) {
      const mail = await simpleParser(readFileSync(join(outbox, name)));
      const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
      if (to?.text.includes(address) && mail.subject?.includes(word)) return mail;
    }
    return null;
  });
}

function linkIn(mail: ParsedMail): string {
  const path = /https?:\/\/[^/\s]+(\/apply\/correction\/[\w-]+)/.exec(mail.text ?? '')?.[1];
  if (path === undefined) throw new Error('the mail has no correction link');
  return path;
}

/** Waits until a revision was mailed and saves the PDF that came with it. */
async function certificates(
  outbox: string,
  outDir: string,
  contractId: string,
  revision: number,
  records: DemoRecords,
): Promise<void> {
  const { email, name, number } = await until('certificate', () => records.certificate(contractId, revision));
  const mail = await mailTo(outbox, email, `第${revision}版`);
  const [attachment] = mail.attachments;
  if (attachment === undefined) throw new Error('the certificate mail has no attachment');
  writeFileSync(join(outDir, `${number}.pdf`), attachment.content);
  say(`  ${name} へ契約証書 第${revision}版を送付（第5条1項）：${attachment.filename}`);
}

async function renewOnce(input: {
  db: Database;
  temporal: TemporalConfig;
  contract: { id: string; firstDay: CivilDate };
}): Promise<void> {
  const { contract } = input;
  const targetMs = jstInstant(addDays(addMonths(contract.firstDay, 12), 1));
  const client = await connectTemporal(input.temporal);
  try {
    const moved = await until('the test clock', async () => {
      if ((await virtualNow(client, contractWorkflowId(contract.id))) >= targetMs)
        return { ok: true as const };
      const answer = await advanceClock(createOutbox(input.db, client), {
        contractId: contract.id,
        targetMs,
        actorId: 'demo',
      });
      return answer.ok ? answer : null;
    });
    if (moved.ok) say(`  時計を ${formatDateJa(jstDate(targetMs))} まで進めました`);
  } finally {
    await client.connection.close();
  }
}
