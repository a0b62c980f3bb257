/**
 * `npm run bench -- billing`: contracts of mixed kinds from the plan to issued numbers, by the pages that a run's workflow asks for,
 * against bare inserts of the same rows by postgres.js in pages of the same size; then PDFs of some of them against drawing and
 * signing the same PDFs in a bare loop.
 */
import { drawPaper, payloadOf } from '../activities/billing/draw.ts';
import { developmentSigningKey } from '../activities/documents/signing-key.ts';
import { contractsToBill, draftContracts } from '../db/queries/billing/draft.ts';
import { archivePaper, issuePapers, papersToDraw } from '../db/queries/billing/issue.ts';
import { itemNames } from '../db/queries/billing/names.ts';
import { openBillingRun } from '../db/queries/billing/runs.ts';
import { bareInserts, endEverything, plantMixedContracts, setRunStatus } from '../dev/billing-rows.ts';
import { DEFAULT_BILLING_POLICY as policy } from '../domain/billing/billing-policy.ts';
import { issuerOf } from '../domain/billing/issuer.ts';
import { type CivilDate, civilDate } from '../domain/calendar/civil-date.ts';
import { createFileStorage } from '../storage/file-storage.ts';
import { renderInvoice } from '../templates/invoice.ts';
import { signDocument } from '../templates/pdf/signature.ts';
import { type BenchResult, note, numberOption, rounded } from './support/measure.ts';
import { type Bench, runBench } from './support/stack.ts';

const CONTRACTS = numberOption('contracts', 10_000);
const DRAWN = numberOption('drawn', 1_000);
const PAGE = 200;
const WARM = 200;
const OPERATOR = { number: 'T7000012050002', from: civilDate('2023-10-01'), to: null };

const since = (beganMs: number) => (performance.now() - beganMs) / 1000;

/** A whole run, from the plan to its numbers. */
async function ours({ db }: Bench, runOn: CivilDate): Promise<{ runId: string; seconds: number }> {
  const run = await db.transaction((tx) => openBillingRun(tx, { runOn, sandbox: true, startedBy: 'system' }));
  if (run === null) throw new Error(`the run of ${runOn} was there`);
  const runId = run.id;
  const beganMs = performance.now();
  for (let after: string | null = null; ; ) {
    const contractIds: string[] = await contractsToBill(db, { runOn, sandbox: true, after, limit: PAGE });
    const problems = await draftContracts(db, { runId, contractIds, runOn, policy, operator: OPERATOR });
    if (problems.length > 0) throw new Error(problems[0]?.message);
    after = contractIds.at(-1) ?? null;
    if (contractIds.length < PAGE) break;
  }
  await setRunStatus(db, runId, 'issuing');
  while ((await issuePapers(db, { runId, limit: PAGE, businessAt: new Date() })).issued === PAGE);
  const seconds = since(beganMs);
  await setRunStatus(db, runId, 'issued');
  return { runId, seconds };
}

async function drawings(
  { db, stateDir }: Bench,
  runId: string,
): Promise<{ ours: number; bare: number; papers: number }> {
  const issuer = issuerOf({
    ...{ OPERATOR_NAME: '株式会社インターコム', OPERATOR_ADDRESS: '東京都千代田区外神田一丁目1番1号' },
    ...{ SUPPORT_CHANNEL: 'メール', SUPPORT_HOURS: '平日', INVOICE_ISSUER_NUMBER: OPERATOR.number },
    INVOICE_BANK_ACCOUNT: '9999:見本銀行:001:本店:1:1234567:ｶ)ｲﾝﾀｰｺﾑ',
  });
  const key = await developmentSigningKey(`${stateDir}/bench-key.p12`, new Date());
  const ports = { storage: createFileStorage(`${stateDir}/drawn`), signingKey: async () => key, issuer };
  const nameOf = await itemNames(db);
  const papers = await papersToDraw(db, { runId, limit: DRAWN });
  const payloads = papers.map((paper) => payloadOf(paper, issuer, nameOf, new Map()));
  const bareOnce = async (payload: (typeof payloads)[number]) =>
    signDocument(await renderInvoice(payload), key, { signedAtMs: Date.now(), reason: 'bench' });
  for (const payload of payloads.slice(0, 20)) await bareOnce(payload);
  let beganMs = performance.now();
  for (const payload of payloads) await bareOnce(payload);
  const bareSeconds = since(beganMs);
  beganMs = performance.now();
  for (let left = papers.length; left > 0; ) {
    const page = await papersToDraw(db, { runId, limit: Math.min(10, left) });
    for (const issued of page) {
      await archivePaper(db, {
        paperId: issued.paper.id,
        files: await drawPaper(ports, issued, nameOf, new Map()),
      });
    }
    left -= page.length;
  }
  return { ours: since(beganMs), bare: bareSeconds, papers: papers.length };
}

await runBench('billing', [], async (bench): Promise<BenchResult> => {
  await plantMixedContracts(bench.db, WARM, 'WARM');
  const warm = await ours(bench, civilDate('2026-04-10'));
  const ownerUrl = bench.stack.env.DATABASE_OWNER_URL ?? bench.config.DATABASE_URL;
  await bareInserts(ownerUrl, warm.runId, PAGE);
  await endEverything(bench.db);
  await plantMixedContracts(bench.db, CONTRACTS, 'BENCH');
  const mine = await ours(bench, civilDate('2026-05-10'));
  const bareSeconds = await bareInserts(ownerUrl, mine.runId, PAGE);
  note(`${CONTRACTS} contracts: ours ${mine.seconds} s, bare ${bareSeconds} s`);
  const drawn = await drawings(bench, mine.runId);
  return {
    name: 'billing',
    ratio: rounded(bareSeconds / mine.seconds),
    ours: rounded(mine.seconds),
    bare: rounded(bareSeconds),
    unit: 's',
    runs: 1,
    contracts: CONTRACTS,
    contractsPerSecond: Math.round(CONTRACTS / mine.seconds),
    drawing: {
      ...{ papers: drawn.papers, ratio: rounded(drawn.bare / drawn.ours) },
      ...{ ours: rounded(drawn.ours), bare: rounded(drawn.bare) },
    },
  };
});
