import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../db/client.ts';
import { sealAudit } from '../db/queries/audit/seal.ts';
import { findContractByNumber } from '../db/queries/contract/find-by-number.ts';
import { deletionSubject } from '../db/queries/deletion/subject.ts';
import { gatherEvidence, liabilityTable, recordEvidenceExport } from '../db/queries/evidence/gather.ts';
import { type CivilDate, civilDate } from '../domain/calendar/civil-date.ts';
import { evidenceZip } from '../storage/evidence-zip.ts';
import { openStorage } from '../storage/open.ts';
import { argument } from './argument.ts';

interface EvidenceOptions {
  out: string;
  incident?: CivilDate;
}

/** Adds `evidence`: everything about a contract as one ZIP for court (第25条); nothing is left of one that failed. */
export function registerEvidence(program: Command): void {
  program
    .command('evidence')
    .description(
      '契約のすべての証拠（契約証書、メール、申込と原本、判断、監査記録と連鎖の証明、通知）をZIPに書き出します（第25条）',
    )
    .argument('<CONTRACT>', '契約番号または契約のID')
    .requiredOption('--out <FILE>', '書き出すZIPファイル')
    .option(
      '--incident <DATE>',
      '事故の日（例：2027-05-01）。責任の上限（第23条3項）の計算も、請求書から書き出します',
      argument(civilDate),
    )
    .action(async (name: string, { out, incident }: EvidenceOptions, command: Command) => {
      const config = loadConfig(process.env);
      const { db, close } = openDatabase(config, 2);
      const partial = `${out}.partial`;
      try {
        const contract = await findContractByNumber(db, name);
        const subject = contract === null ? null : await deletionSubject(db, contract.id);
        if (contract === null || subject === null) command.error(`契約「${name}」は見つかりません。`);
        // So that every entry has its place in the chain.
        await sealAudit(db, () => new Date(), { everything: true });
        const evidence = await gatherEvidence(db, { ...subject, customerId: contract.customerId });
        if (incident !== undefined) evidence.tables.push(await liabilityTable(db, contract.id, incident));
        const { zip, indexSha256 } = await evidenceZip(evidence, openStorage(config));
        await pipeline(zip, createWriteStream(partial, { mode: 0o600 }));
        const rows = evidence.tables.reduce((total, table) => total + table.rows.length, 0);
        const files = evidence.files.length;
        await recordEvidenceExport(db, { contractId: contract.id, actor: 'cli', files, rows, indexSha256 });
        await rename(partial, out);
        console.log(`${rows}件の記録と${files}個のファイルを ${out} に書き出しました。`);
        console.log(`index.csv の SHA-256：${indexSha256}`);
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      } finally {
        await close();
      }
    });
}
