import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../../db/client.ts';
import type { CertificateSettings } from '../../db/queries/certificate/gather.ts';
import { keptRecords } from '../../db/queries/deletion/kept.ts';
import { type DeletionRow, findDeletion } from '../../db/queries/deletion/open.ts';
import { findProof, storeProof } from '../../db/queries/deletion/proof.ts';
import { readKeptForSearch } from '../../db/queries/deletion/record.ts';
import { deletionSubject } from '../../db/queries/deletion/subject.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import { jstDate } from '../../domain/calendar/civil-date.ts';
import type { Leftover } from '../../domain/data/deletion.ts';
import { DATA_MAP_TABLES } from '../../domain/data-map/index.ts';
import {
  type DeletedData,
  type DeletionProofPayload,
  deletionProofTexts,
  type KeptData,
  renderDeletionProof,
} from '../../templates/deletion-proof.ts';
import { type DrawPorts, drawDocument } from '../documents/draw.ts';

export interface ProofPorts extends DrawPorts {
  db: Database;
  settings: CertificateSettings;
}

const STORES: Readonly<Record<string, { store: string; data: string; unit: string }>> = {
  storage: { store: 'ファイル保管庫', data: '申込書の原本、メールの控え', unit: 'ファイル' },
  outbox: { store: '送信トレイ', data: 'メール', unit: '通' },
  workflow: { store: 'ワークフローの履歴', data: '申込審査・契約の処理の履歴', unit: '件' },
};

const KEPT: Readonly<Record<string, Omit<KeptData, 'count' | 'keptThrough'>>> = {
  certificate: {
    data: '契約証書',
    unit: '件',
    reason: '取引の記録の保存',
    basis: '法人税法・電子帳簿保存法',
  },
  invoice: { data: '請求書', unit: '件', reason: '取引の記録の保存', basis: '法人税法・消費税法' },
  invoiceData: {
    data: '請求書の電子データ',
    unit: '件',
    reason: '取引の記録の保存',
    basis: '電子帳簿保存法',
  },
  statement: {
    data: '媒介者への精算書',
    unit: '件',
    reason: '取引の記録の保存',
    basis: '法人税法・消費税法',
  },
  partnerCopy: {
    data: '媒介者が交付した請求書の写し',
    unit: '件',
    reason: '取引の記録の保存',
    basis: '消費税法',
  },
  deletionProof: { data: '削除証明書', unit: '件', reason: '削除の証明', basis: '利用規約第22条6項' },
  screening: {
    data: '申込審査の証跡',
    unit: '件',
    reason: '反社会的勢力の排除の確認',
    basis: '利用規約第4条4項',
  },
};

/**
 * Issues the proof of deletion once (第22条6項): drawn, signed, archived. A retry before the record draws the same bytes. Fails
 * with `MissingGlyph` rather than print a hole.
 */
export async function issueProof(
  ports: ProofPorts,
  input: { contractId: string; businessMs: number; kept: Leftover[] },
): Promise<{ documentId: string }> {
  const { contractId, businessMs } = input;
  const existing = await findProof(ports.db, contractId);
  if (existing !== null) return { documentId: existing };
  const payload = await gatherProof(ports, input);
  const document = await drawDocument(ports, {
    what: 'proof of deletion',
    texts: deletionProofTexts(payload),
    render: () => renderDeletionProof(payload),
    reason: 'Hasso データ削除証明書の発行',
    signedAtMs: businessMs,
  });
  const documentId = await storeProof(ports.db, {
    contractId,
    number: payload.proofNumber,
    issuedOn: payload.issuedOn,
    counterparty: payload.customer.name,
    document,
    sandbox: payload.sandbox,
    businessAt: new Date(businessMs),
  });
  return { documentId };
}

async function gatherProof(
  { db, settings }: ProofPorts,
  input: { contractId: string; businessMs: number; kept: Leftover[] },
): Promise<DeletionProofPayload> {
  const { contractId, businessMs, kept } = input;
  const subject = await deletionSubject(db, contractId);
  const deletion = await findDeletion(db, contractId);
  const contract = await db.query.contracts.findFirst({ where: (t, { eq }) => eq(t.id, contractId) });
  const search = await readKeptForSearch(db, contractId);
  if (subject === null || deletion === null || contract === undefined || search === null) {
    throw ApplicationFailure.nonRetryable(`deletion of ${contractId} does not exist`, FAILURE.invalidInput);
  }
  const issuedOn = jstDate(businessMs);
  const { companyName: name, corporateNumber } = search.recipient;
  const records = await keptRecords(db, subject);
  const stores = new Map<string, number>([
    ['業務データベース', 0],
    ['ファイル保管庫', 0],
    ['ワークフローの履歴', 0],
    ['送信したメールの控え', 0],
    ['処理の記録（ログ）', 0],
  ]);
  for (const { store, count } of kept) {
    const where = store === 'storage' ? 'ファイル保管庫' : '業務データベース';
    stores.set(where, (stores.get(where) ?? 0) + count);
  }
  return {
    proofNumber: `D-${contract.contractNumber}`,
    issuedOn,
    contractNumber: contract.contractNumber,
    companyId: contract.companyId,
    customer: { name, corporateNumber },
    endedOn: deletion.endedOn,
    dueOn: deletion.dueOn,
    deletedOn: deletion.deletedOn ?? issuedOn,
    deleted: deletedData(deletion),
    kept: records.map(({ kind, count, keptThrough }) => ({ ...keptWords(kind), count, keptThrough })),
    search: { searchedOn: issuedOn, stores: [...stores].map(([store, count]) => ({ store, kept: count })) },
    operator: settings.operator,
    sandbox: deletion.sandbox,
  };
}

function keptWords(kind: string): Omit<KeptData, 'count' | 'keptThrough'> {
  const words = KEPT[kind];
  if (words === undefined) throw new Error(`no words for kept data of kind ${kind}`);
  return words;
}

function deletedData({ steps, deletedOn }: DeletionRow): DeletedData[] {
  const on = deletedOn ?? '';
  return steps.flatMap(({ removed }) =>
    Object.entries(removed).map(([store, count]) => {
      const words = STORES[store] ?? {
        store: '業務データベース',
        data: DATA_MAP_TABLES[store]?.title ?? store,
        unit: '件',
      };
      return { ...words, count, deletedOn: on };
    }),
  );
}
