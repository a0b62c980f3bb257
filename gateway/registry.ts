import { DEFAULT_REMOTE_OPTIONS } from '../clients/registry/http.ts';
import { createRegistry } from '../clients/registry/index.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/client.ts';
import { isCorporateNumber, normaliseCorporateNumber } from '../domain/corporation/corporate-number.ts';
import type { InvoiceIssuer, RegistryAnswer } from '../domain/corporation/registry.ts';

/** What a form fills in for a corporate number, or the sentence to show beside the field. */
export type CorporationLookUp =
  | { found: true; name: string; kana: string; postalCode: string; address: string; closed: boolean }
  | { found: false; message: string };

/** Look-up of a corporate number as typed, for the form: it fills in name and address and stops nobody. */
export function registryGateway(
  db: Database,
  config: Pick<Config, 'NTA_APPLICATION_ID' | 'NTA_CORPORATE_URL' | 'NTA_INVOICE_URL'>,
) {
  // A person waits for this one: fewer attempts than in the review of an application.
  const registry = createRegistry(
    db,
    {
      applicationId: config.NTA_APPLICATION_ID,
      corporateUrl: config.NTA_CORPORATE_URL,
      invoiceUrl: config.NTA_INVOICE_URL,
    },
    { ...DEFAULT_REMOTE_OPTIONS, timeoutMs: 3_000, budgetMs: 5_000, attempts: 2 },
  );
  return {
    /** What is published of a registration as invoice issuer, by the 13 digits of its number. */
    invoiceIssuer: (number: string): Promise<RegistryAnswer<InvoiceIssuer>> => registry.invoiceIssuer(number),
    async lookUp(typed: string): Promise<CorporationLookUp> {
      const number = normaliseCorporateNumber(typed);
      if (!isCorporateNumber(number)) {
        return {
          found: false,
          message: '法人番号は13桁の数字で入力してください（検査用数字が合いません）。',
        };
      }
      const answer = await registry.corporation(number);
      switch (answer.state) {
        case 'noKey':
          return { found: false, message: '検査用数字は合っています（国税庁への照会は行っていません）。' };
        case 'failed':
          return {
            found: false,
            message: '国税庁に照会できませんでした。会社名と所在地を入力してください。',
          };
        case 'notFound':
          return {
            found: false,
            message: '国税庁の法人番号公表サイトに見つかりません。番号をご確認ください。',
          };
        case 'found': {
          const { name, kana, postalCode, address, closedOn } = answer.record;
          return { found: true, name, kana, postalCode, address, closed: closedOn !== '' };
        }
      }
    },
  };
}
