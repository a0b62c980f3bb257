/**
 * `npm run bench -- notices`: mails per second of a campaign (its workflow, pages, rows of evidence before and after each
 * mail) against a bare nodemailer loop with the same pool and mail on the same server, in turns.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { SetupError } from '../bin/setup/packages.mjs';
import { createNotice } from '../db/queries/notice/create.ts';
import { setPolicy } from '../db/queries/policy/set.ts';
import { insertContractRows } from '../dev/contract-rows.ts';
import { nodeArgs } from '../dev/paths.ts';
import { noticeGateway } from '../gateway/notice.ts';
import { createOutbox } from '../gateway/outbox.ts';
import { noticeMail } from '../templates/mail/notice.ts';
import { type BenchResult, median, note, numberOption, rounded } from './support/measure.ts';
import { processTimes } from './support/processes.ts';
import { type Bench, runBench } from './support/stack.ts';

const RECIPIENTS = numberOption('recipients', 2_000);
const ROUNDS = numberOption('rounds', 3);
/** As activities/mail/mailer.ts has it; a campaign leaves one of the connections free, the bare loop uses all. */
const POOL = 5;
const SUBJECT = '料金プラン「{{料金プラン}}」についてのお知らせ';
const BODY =
  '平素より Hasso をご利用いただき、誠にありがとうございます。\n\n■ 対象のご契約\n・契約番号 {{契約番号}}\n・{{契約種別}}\n\n今後のご利用についてご案内いたします。ご不明な点は窓口までお問い合わせください。';

interface Round {
  mailsPerSecond: number;
  cpuMsPerMail: number;
}

const [loaderFlag = '', loader = '', file = ''] = nodeArgs('bench/support/mail-server.ts');
const server: ChildProcess = fork(file, [], { execArgv: [loaderFlag, loader] });
const [{ port }] = (await once(server, 'message')) as [{ port: number }];
const url = `smtp://127.0.0.1:${port}`;

async function served(): Promise<{ taken: number; lastTakenMs: number }> {
  const answer = once(server, 'message');
  server.send('progress');
  const [progress] = await answer;
  return progress as { taken: number; lastTakenMs: number };
}

async function untilTaken(count: number): Promise<number> {
  for (const untilMs = Date.now() + 600_000; Date.now() < untilMs; await delay(20)) {
    const { taken, lastTakenMs } = await served();
    if (taken >= count) return lastTakenMs;
  }
  throw new SetupError('the mails were not sent in time');
}

/** A campaign whose cause was approved before: from its start to the last mail that the server took. */
async function oursRound({ db, client, stack }: Bench): Promise<Round> {
  const approvedBy = [randomUUID(), randomUUID()] as const;
  const noticeId = await createNotice(db, {
    creationKey: randomUUID(),
    title: '計測',
    noticeClass: 'contractual',
    subjectLine: SUBJECT,
    body: BODY,
    postingText: '',
    audience: 'all',
    planCode: null,
    byMail: true,
    postOnWeb: false,
    sandbox: true,
    createdBy: randomUUID(),
    cause: { type: 'feeChange', id: randomUUID(), step: '', values: {}, clause: '第6条4項', approvedBy },
  });
  const { taken } = await served();
  const pids = { worker: stack.pids()['worker-background'] ?? 0 };
  const before = processTimes(pids).worker?.cpuSeconds ?? 0;
  const beganMs = Date.now();
  await noticeGateway(createOutbox(db, client)).submit({
    noticeId,
    startedBy: randomUUID(),
    commandId: randomUUID(),
  });
  const endMs = await untilTaken(taken + RECIPIENTS);
  const cpuSeconds = (processTimes(pids).worker?.cpuSeconds ?? 0) - before;
  return round(endMs - beganMs, cpuSeconds);
}

/** The same mails by nodemailer alone. */
async function bareRound(): Promise<Round> {
  const transport = createTransport({ pool: true, maxConnections: POOL, url } as Parameters<
    typeof createTransport
  >[0]);
  const { taken } = await served();
  const before = process.cpuUsage();
  const beganMs = Date.now();
  const numbers = Array.from({ length: RECIPIENTS }, (_, n) => n).values();
  const sendNext = async () => {
    for (const n of numbers) {
      const { subject, text, html } = bareMail(n);
      await transport.sendMail({
        from: 'noreply@hasso.example',
        to: `bare-${n}@bench.example`,
        subject,
        text,
        html,
      });
    }
  };
  await Promise.all(Array.from({ length: POOL }, sendNext));
  const endMs = await untilTaken(taken + RECIPIENTS);
  const { user, system } = process.cpuUsage(before);
  transport.close();
  return round(endMs - beganMs, (user + system) / 1_000_000);
}

/** Of the same length as ours; written beforehand, since writing is no part of sending. */
function bareMail(n: number) {
  mail ??= noticeMail({
    sender: {
      operatorName: '株式会社インターコム',
      inquiry: 'メール・電話（平日 9:00〜18:00）',
      sandbox: true,
    },
    subjectLine: SUBJECT,
    body: BODY,
    recipient: {
      companyName: `株式会社宛先${n}`,
      personName: `宛先 第${n}`,
      contractNumber: `ROW-${n}`,
      planName: 'スタンダード',
      kind: 'annual',
    },
    values: {},
    optOutUrl: null,
  });
  return mail;
}
let mail: ReturnType<typeof noticeMail> | null = null;

const round = (milliseconds: number, cpuSeconds: number): Round => ({
  mailsPerSecond: (RECIPIENTS * 1000) / milliseconds,
  cpuMsPerMail: (cpuSeconds * 1000) / RECIPIENTS,
});

await runBench(
  'notices',
  ['background'],
  async (bench): Promise<BenchResult> => {
    note(`storing ${RECIPIENTS} contracts`);
    await insertContractRows(bench.db, RECIPIENTS, { prefix: 'bench' });
    const unlimited = { key: 'notice.mailsPerMinute' as const, value: 600_000, afterVersion: 0 };
    await setPolicy(bench.db, { ...unlimited, setBy: 'bench', reason: 'as fast as it goes' });
    const ours: Round[] = [];
    const bare: Round[] = [];
    // The first round warms both sides up and does not count.
    for (let n = 0; n <= ROUNDS; n++) {
      const mine = await oursRound(bench);
      const theirs = await bareRound();
      note(`round ${n}: ours ${text(mine)}, bare ${text(theirs)}`);
      if (n === 0) continue;
      ours.push(mine);
      bare.push(theirs);
    }
    const of = (rounds: readonly Round[], what: keyof Round) => median(rounds.map((each) => each[what]));
    return {
      name: 'notices',
      // Per second, larger is better: here it is ours / bare.
      ratio: rounded(of(ours, 'mailsPerSecond') / of(bare, 'mailsPerSecond')),
      ours: rounded(of(ours, 'mailsPerSecond'), 1),
      bare: rounded(of(bare, 'mailsPerSecond'), 1),
      unit: 'mails/s',
      runs: ROUNDS,
      recipients: RECIPIENTS,
      cpuMsPerMail: {
        ours: rounded(of(ours, 'cpuMsPerMail')),
        bare: rounded(of(bare, 'cpuMsPerMail')),
      },
    };
  },
  { SMTP_URL: url, SANDBOX_MAIL_ALLOW: '@recipients.example' },
);

function text({ mailsPerSecond, cpuMsPerMail }: Round): string {
  return `${rounded(mailsPerSecond, 0)} mails/s (${rounded(cpuMsPerMail)} ms CPU each)`;
}
