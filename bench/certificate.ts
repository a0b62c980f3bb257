/**
 * Milliseconds per certificate against Chromium's print-to-PDF of an equal page, the browser and its tab already open:
 * the tab loads the page of each certificate and prints it. The two alternate in one run, so that a busy machine slows
 * both. `--json` prints one object.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { renderSVG } from 'uqr';
import { developmentSigningKey } from '../activities/documents/signing-key.ts';
import { CHROMIUM_ARGUMENTS } from '../dev/chromium.ts';
import { certificatePayload } from '../dev/specimens.ts';
import { type CertificatePayload, renderCertificate } from '../templates/certificate.ts';
import { japaneseDateWithEra } from '../templates/japanese-date.ts';
import { signDocument } from '../templates/pdf/signature.ts';

const RUNS = 20;
/** Both sides are measured as in a worker that has run for a while. */
const WARM_UP = 25;

const { resolve } = createRequire(import.meta.url);
const fontFace = (file: string, weight: number): string =>
  `@font-face{font-family:N;font-weight:${weight};src:url(${pathToFileURL(resolve(`@expo-google-fonts/noto-sans-jp/${file}.ttf`)).href})}`;
const HEAD = `<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>Hasso 契約証書</title><style>
${fontFace('400Regular/NotoSansJP_400Regular', 400)}${fontFace('700Bold/NotoSansJP_700Bold', 700)}
@page{size:A4;margin:20mm}body{font:9.5pt N;margin:0}h1{text-align:center;letter-spacing:5pt}.code{width:72pt}
.reference{text-align:right}table{width:100%;border-collapse:collapse}th,td{border:0.5pt solid #b9c1ce;padding:3pt;text-align:left}
th{font-weight:400;background:#f2f4f8;width:108pt}</style></head><body>`;

/** Certificates differ from run to run, as in production: nothing is saved by drawing the same one again. */
function payload(run: number): CertificatePayload {
  const number = String(1000 + run);
  const whole = certificatePayload();
  const { campaignTerms: _, ...ordinary } = whole;
  return {
    ...ordinary,
    certificateNumber: `HC-2026-00${number}`,
    contractNumber: `H26-00${number}`,
    companyId: `C8K2-${number}`,
    customer: { ...whole.customer, name: `${whole.customer.name}${number}` },
    phoneNumbers: [`050-3138-${number}`, `050-3139-${number}`, '0120-000-123'],
    verification: { url: `https://hasso.example.jp/verify/3vX9kQm2TzP7aLw5RbYc8N3vX9kQ${number}` },
  };
}

/** The same statements in HTML, with the same font files. */
function html(certificate: CertificatePayload): string {
  const { customer, period, support, operator } = certificate;
  const rows: [string, string][] = [
    ['契約番号', certificate.contractNumber],
    ['企業ID', certificate.companyId],
    ['契約者', customer.name],
    ['法人番号', customer.corporateNumber],
    ['所在地', `〒${customer.postalCode ?? ''}　${customer.address}`],
    ['料金プラン', certificate.plan],
    ['オプション', certificate.options.map(({ name, quantity }) => `${name} × ${quantity}`).join('<br>')],
    ['ユーザーライセンス', `${certificate.licences} ライセンス`],
    ['電話番号（3件）', certificate.phoneNumbers.join('、')],
    ['契約種別', '年額契約'],
    ['契約締結日', japaneseDateWithEra(certificate.concludedOn)],
    ['利用契約期間', `${japaneseDateWithEra(period.from)}から${japaneseDateWithEra(period.to)}まで`],
    ['自動更新', 'あり（満了後は1年ごとに更新。第5条3項）'],
    [
      '次回の解約申請期限',
      `${japaneseDateWithEra(certificate.cancelBy ?? '')}到着分まで（期間満了日での解約の場合。第10条1項）`,
    ],
    ['利用料金の支払い', certificate.feePayment],
    ['通信費用の支払い', '後払い方式（毎月、前月ご利用分）'],
    ['サービスパートナー', certificate.partnerName ?? ''],
    ['適用する利用規約', certificate.termsEdition],
    ['ユーザーサポート', `${support.channel}<br>受付時間：${support.hours}`],
  ];
  return `${HEAD}<p class="reference">証書番号 ${certificate.certificateNumber}（第${certificate.revision}版）<br>発行日 ${japaneseDateWithEra(certificate.issuedOn)}</p>
<h1>Hasso 契約証書</h1><h2>${customer.name}　御中</h2>
<p>貴社と当社との間に、下記のとおり Hasso の利用契約が成立していることを証します。</p>
<table>${rows.map(([label, value]) => `<tr><th scope="row">${label}</th><td>${value}</td></tr>`).join('')}</table>
<p>この証書の記載内容は、契約番号・企業IDを含めて秘密情報です。当社の許諾なく第三者に開示しないでください（第12条2項）。</p>
<div class="code">${renderSVG(certificate.verification?.url ?? '', { ecc: 'M' })}</div>
<p>${operator.name}<br>${operator.address}</p></body></html>`;
}

async function printed(page: Page, file: string, certificate: CertificatePayload): Promise<Uint8Array> {
  writeFileSync(file, html(certificate));
  await page.goto(pathToFileURL(file).href);
  return page.pdf({ preferCSSPageSize: true, tagged: true });
}

/** What signing adds is measured by itself: the ratio is about the drawing. */
async function signed(certificate: CertificatePayload): Promise<Uint8Array> {
  return signDocument(await renderCertificate(certificate), key, { signedAtMs: 0, reason: '発行' });
}

async function timed(work: () => Promise<Uint8Array>): Promise<{ ms: number; bytes: number }> {
  const start = performance.now();
  const bytes = (await work()).length;
  return { ms: performance.now() - start, bytes };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number): number => Math.round(value * 100) / 100;

const folder = mkdtempSync(join(tmpdir(), 'hasso-bench-'));
const key = await developmentSigningKey(join(folder, 'development.p12'), new Date());
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [...CHROMIUM_ARGUMENTS],
});
try {
  const page = await browser.newPage();
  const ours: { ms: number; bytes: number }[] = [];
  const bare: { ms: number; bytes: number }[] = [];
  const signings: { ms: number; bytes: number }[] = [];
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    const certificate = payload(run);
    const mine = await timed(() => renderCertificate(certificate));
    const withSignature = await timed(() => signed(certificate));
    const theirs = await timed(() => printed(page, join(folder, `${run}.html`), certificate));
    if (run < WARM_UP) continue;
    ours.push(mine);
    bare.push(theirs);
    signings.push(withSignature);
  }
  const oursMs = median(ours.map(({ ms }) => ms));
  const bareMs = median(bare.map(({ ms }) => ms));
  const result = {
    name: 'certificate',
    ratio: rounded(bareMs / oursMs),
    ours: rounded(oursMs),
    bare: rounded(bareMs),
    unit: 'ms',
    runs: RUNS,
    bytes: median(ours.map(({ bytes }) => bytes)),
    signedMs: rounded(median(signings.map(({ ms }) => ms))),
    signedBytes: median(signings.map(({ bytes }) => bytes)),
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(result));
  else {
    console.log(`certificate: ${result.ours} ms, ${result.bytes} bytes, tagged, unsigned`);
    console.log(`certificate, signed: ${result.signedMs} ms, ${result.signedBytes} bytes`);
    console.log(`Chromium print-to-PDF: ${result.bare} ms, ${median(bare.map(({ bytes }) => bytes))} bytes`);
    console.log(`ratio ${result.ratio} over ${RUNS} runs (medians)`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
