import { basename } from 'node:path';
import type { Database } from '../db/client.ts';
import { type ImportResult, importPayments } from '../db/queries/payment/import.ts';
import { refreshPayerNames } from '../db/queries/payment/payer-names.ts';
import { loadPolicies } from '../db/queries/policy/load.ts';
import { type Answer, type Command, refuse } from '../domain/base/answers.ts';
import { InvalidValueError } from '../domain/base/invalid-value.ts';
import { jstDate } from '../domain/calendar/civil-date.ts';
import { bankCsvOf } from '../domain/payments/bank-file.ts';
import { type BankFile, readBankFile } from '../storage/bank-file.ts';
import type { DocumentStorage } from '../storage/file-storage.ts';
import type { Outbox } from './outbox.ts';

export interface PaymentPorts {
  db: Database;
  storage: DocumentStorage;
  /** Setting BANK_CSV. */
  bankCsv: string | undefined;
}

export interface UploadedStatement {
  bytes: Uint8Array;
  fileName: string;
  sandbox: boolean;
  now: Date;
}

/**
 * Takes a file of payments (第6条2項): read whole or refused whole, kept byte for byte, matched. `as`: the command of a person in
 * the console, whoever is at the command line, or the watched folder.
 */
export async function takeBankFile(
  { db, storage, bankCsv }: PaymentPorts,
  { bytes, fileName, sandbox, now }: UploadedStatement,
  as: 'cli' | 'folder' | { outbox: Outbox; command: Command & { actor: { kind: 'staff'; id: string } } },
): Promise<Answer<{ result: ImportResult }>> {
  const read = readOrRefuse(bytes, bankCsv);
  if ('ok' in read) return read;
  if (read.lines.length === 0)
    return refuse('invalid', 'ファイルに入金がありません。何も取り込んでいません。');
  const { key: storageKey, sha256 } = await storage.put(bytes);
  await refreshPayerNames(db);
  const policies = await loadPolicies(db);
  const input = {
    ...read,
    file: { fileName: basename(fileName), storageKey, sha256, bytes: bytes.byteLength },
    ...{ sandbox, now, today: jstDate(now.getTime()) },
    feeToleranceYen: policies['payment.feeToleranceYen'],
  };
  if (typeof as === 'string') {
    return db.transaction((tx) => importPayments(tx, { ...input, importedBy: as }));
  }
  const { outbox, command } = as;
  const by = { importedBy: command.actor.id, commandId: command.commandId };
  return outbox.here(
    command,
    async () => undefined,
    (tx) => importPayments(tx, { ...input, ...by }),
  );
}

function readOrRefuse(bytes: Uint8Array, bankCsv: string | undefined): BankFile | ReturnType<typeof refuse> {
  try {
    return readBankFile(bytes, bankCsvOf(bankCsv));
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    return refuse('invalid', `${error.message}何も取り込んでいません。`);
  }
}
