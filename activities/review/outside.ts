import { RemoteError } from '../../clients/registry/http.ts';
import type { SecondProvider } from '../../clients/screening/yente.ts';
import type { NewFinding } from '../../db/queries/finding/store.ts';
import {
  type Corporation,
  type InvoiceIssuer,
  type RegistryAnswer,
  registryFindings,
} from '../../domain/corporation/registry.ts';
import type { ScreeningQuery } from '../../domain/screening/index.ts';
import { fieldOf } from './subjects.ts';

interface Entered {
  companyName: string;
  address: string;
  corporateNumber: string;
}

/** What the corporate number registry says against an application: for staff, never a refusal (第2条1項, 第4条4項①). */
export function corporationFindings(entered: Entered, answer: RegistryAnswer<Corporation>): NewFinding[] {
  return registryFindings(entered, answer).map(({ code, outcome, field, message, registered }) => ({
    key: `registry/corporation/${code}`,
    ground: 1,
    outcome,
    summary: message,
    subject: entered[field],
    entry: registered,
    evidence: {
      rule: code,
      field,
      source: 'corporateNumberRegistry',
      ...('fetchedMs' in answer ? { checkedMs: answer.fetchedMs } : {}),
    },
  }));
}

/** An invoice registration that has ended is worth a look; none, or a register that is away, is not. */
export function issuerFindings(entered: Entered, answer: RegistryAnswer<InvoiceIssuer>): NewFinding[] {
  if (answer.state !== 'found' || answer.record.endedOn === '') return [];
  return [
    {
      key: 'registry/invoiceIssuer/ended',
      ground: 1,
      outcome: 'note',
      summary: `適格請求書発行事業者の登録は${answer.record.endedOn}に効力を失っています。`,
      subject: entered.corporateNumber,
      entry: answer.record.endedOn,
      evidence: {
        rule: 'issuerEnded',
        field: 'corporateNumber',
        source: 'invoiceRegistry',
        checkedMs: answer.fetchedMs,
      },
    },
  ];
}

/** Names under which a corporation was or is known beside the one entered: they are screened too. */
export function otherNames(
  entered: Entered,
  corporation: RegistryAnswer<Corporation>,
  issuer: RegistryAnswer<InvoiceIssuer>,
): string[] {
  const names = [
    ...(corporation.state === 'found' ? [corporation.record.name, ...corporation.record.formerNames] : []),
    ...(issuer.state === 'found' ? [issuer.record.tradeName, issuer.record.formerName] : []),
  ];
  return [...new Set(names)].filter((name) => name !== '' && name !== entered.companyName);
}

/** Results of the second provider as doubts for one reviewer; its failure is a note and blocks nothing. */
export async function providerFindings(
  provider: SecondProvider | null,
  query: ScreeningQuery,
  checkedMs: number,
): Promise<NewFinding[]> {
  if (provider === null) return [];
  try {
    const matches = await provider(query);
    return matches.map(({ subject, entityId, caption, score, explained }) => ({
      key: `secondProvider/${entityId}/${subject}`,
      ground: 3,
      outcome: 'review',
      summary: `外部の照合サービスが候補を示しました（類似度 ${score.toFixed(2)}）。`,
      subject,
      entry: caption,
      evidence: {
        rule: 'secondProvider',
        field: fieldOf(query, subject),
        source: 'secondProvider',
        entryId: entityId,
        agreeing: explained,
        score,
        checkedMs,
      },
    }));
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return [
      {
        key: 'secondProvider/notReached',
        ground: 3,
        outcome: 'note',
        summary: '外部の照合サービスには照会できませんでした（社内のリストとの照合は済んでいます）。',
        subject: '',
        evidence: { rule: error.reason, field: 'companyName', source: 'secondProvider', checkedMs },
      },
    ];
  }
}
