import { ApplicationFailure } from '@temporalio/common';
import type { Registry } from '../../clients/registry/index.ts';
import type { SecondProvider } from '../../clients/screening/yente.ts';
import type { Database } from '../../db/client.ts';
import { findEditionToAgree } from '../../db/queries/application/agreed-edition.ts';
import { type ApplicationRow, findApplication, type OfficerRow } from '../../db/queries/application/find.ts';
import { earlierContracts } from '../../db/queries/contract/of-corporation.ts';
import { registeredCorporation } from '../../db/queries/customer/registered.ts';
import { type NewFinding, storeFindings } from '../../db/queries/finding/store.ts';
import { listsNotAsked } from '../../db/queries/screening-list/checks.ts';
import { correctionLastDay, type FindingSummary } from '../../domain/application/application.ts';
import { checkApplication, FIELD_LABELS } from '../../domain/application/application-input.ts';
import { checkPrintable } from '../../domain/application/printable.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import { type CivilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import { isCorporateNumber } from '../../domain/corporation/corporate-number.ts';
import { changedCustomerFields, pick } from '../../domain/corporation/customer.ts';
import { missingGlyphs } from '../../templates/pdf/fonts.ts';
import { checksOf, decidedFindings } from './evidence.ts';
import { corporationFindings, issuerFindings, otherNames, providerFindings } from './outside.ts';
import type { ListScreener } from './screener.ts';
import { queryOf } from './subjects.ts';

export interface CheckResult {
  /** True when the applicant has to correct something before people look at it. */
  incomplete: boolean;
  correctionDueOn: CivilDate;
  enteredBy: string | null;
  findings: FindingSummary[];
}

export interface ReviewPorts {
  db: Database;
  screener: ListScreener;
  registry: Registry;
  /** Null unless one is set. */
  secondProvider: SecondProvider | null;
}

/**
 * Checks of an application (第4条4項): completeness, the corporation in the registries, contracts that it has already,
 * lists. What is outside answers within a bounded time or becomes a finding of its own.
 */
export function createReviewActivities(ports: ReviewPorts) {
  const { db } = ports;
  return {
    async checkApplication(input: {
      applicationId: string;
      round: number;
      businessMs: number;
    }): Promise<CheckResult> {
      const found = await findApplication(db, input.applicationId);
      if (found === null) {
        throw ApplicationFailure.nonRetryable(
          `application ${input.applicationId} does not exist`,
          FAILURE.invalidInput,
        );
      }
      const { application, officers } = found;
      const toAgree = await findEditionToAgree(db, application.id, jstDate(input.businessMs));
      const problems = [...problemFindings(application), ...agreementFindings(toAgree)];
      const outside = await askOutside(ports, application, officers);
      const findings = await storeFindings(db, {
        applicationId: application.id,
        round: input.round,
        found: [...problems, ...(await duplicateFindings(db, application)), ...outside.findings],
        checks: outside.checks,
        businessAt: new Date(input.businessMs),
      });
      return {
        incomplete: problems.length > 0,
        correctionDueOn: correctionLastDay(input.businessMs),
        enteredBy: application.enteredBy,
        findings,
      };
    },

    /**
     * Whether the applicant has agreed to the edition in force at acceptance (第4条1項). When a new one came into force
     * meanwhile, that is a finding for the correction that asks for it.
     */
    async agreementHolds(input: {
      applicationId: string;
      round: number;
      businessMs: number;
    }): Promise<boolean> {
      const toAgree = await findEditionToAgree(db, input.applicationId, jstDate(input.businessMs));
      if (toAgree === null) return true;
      await storeFindings(db, {
        applicationId: input.applicationId,
        round: input.round,
        found: agreementFindings(toAgree),
        businessAt: new Date(input.businessMs),
      });
      return false;
    },

    /** Whether the lists that the checks of a round compared with are still the current ones (第4条4項②③). */
    async listsHold(input: { applicationId: string; round: number }): Promise<boolean> {
      return (await listsNotAsked(db, input)).length === 0;
    },

    /** The last day of a correction that staff ask for by hand. */
    async correctionLastDay({ businessMs }: { businessMs: number }): Promise<CivilDate> {
      return correctionLastDay(businessMs);
    },
  };
}

export type ReviewActivities = ReturnType<typeof createReviewActivities>;

function agreementFindings(toAgree: { number: number } | null): NewFinding[] {
  if (toAgree === null) return [];
  return [
    {
      key: 'entry/agreement',
      ground: 1,
      outcome: 'note',
      summary: `現在の利用規約（第${toAgree.number}版）への同意が必要です。`,
      subject: '',
      evidence: { rule: 'missing', field: 'agreement' },
    },
  ];
}

/** Registries, lists and second provider about one application. */
async function askOutside(ports: ReviewPorts, application: ApplicationRow, officers: OfficerRow[]) {
  const { db, registry, screener, secondProvider } = ports;
  const noNumber = { state: 'notFound' as const, fetchedMs: 0 };
  const asked = isCorporateNumber(application.corporateNumber);
  const [corporation, issuer] = asked
    ? await Promise.all([
        registry.corporation(application.corporateNumber),
        registry.invoiceIssuer(application.corporateNumber),
      ])
    : [noNumber, noNumber];
  const company = { ...application, name: application.companyName, kana: application.companyKana };
  const query = queryOf(company, officers, otherNames(application, corporation, issuer));
  const checkedMs = Date.now();
  const [screening, provided] = await Promise.all([
    screener.screen(query),
    providerFindings(secondProvider, query, checkedMs),
  ]);
  return {
    findings: [
      ...(asked ? corporationFindings(application, corporation) : []),
      ...issuerFindings(application, issuer),
      ...(await decidedFindings(db, screening.matches, checkedMs)),
      ...provided,
    ],
    checks: checksOf(screening.checked, query, checkedMs),
  };
}

/** Missing and mistaken entries, and characters that no certificate can show (第4条4項①). */
function problemFindings(application: ApplicationRow): NewFinding[] {
  return [...checkApplication(application), ...checkPrintable(application, missingGlyphs)].map(
    ({ field, code, message }) => ({
      key: `entry/${field}/${code}`,
      ground: 1,
      outcome: 'note',
      summary: message,
      subject: '',
      evidence: { rule: code, field },
    }),
  );
}

/** A second contract of the same corporation needs a stated reason (第18条1項㉘). */
async function duplicateFindings(db: Database, application: ApplicationRow): Promise<NewFinding[]> {
  const others = await earlierContracts(db, application);
  const differs = await recordFindings(db, application);
  if (others === 0) return differs;
  const reason = application.secondContractReason;
  return [
    {
      key: 'duplicate/corporation',
      ground: 4,
      outcome: reason === '' ? 'review' : 'note',
      summary:
        reason === ''
          ? `同じ法人番号の利用契約が${others}件あります。複数契約の理由が記載されていません。`
          : `同じ法人番号の利用契約が${others}件あります。複数契約の理由が記載されています。`,
      subject: reason,
      evidence: { rule: 'secondContract', field: 'corporateNumber' },
    },
    ...differs,
  ];
}

/** What an application of a known corporation says otherwise than the record, side by side: accepted, it is taken over. */
async function recordFindings(db: Database, application: ApplicationRow): Promise<NewFinding[]> {
  const registered = await registeredCorporation(db, application);
  if (registered === null) return [];
  return changedCustomerFields(registered.values, pick(application)).map((field) => ({
    key: `customer/${field}`,
    ground: 1,
    outcome: 'note',
    summary: `${FIELD_LABELS[field]}が、登録済みのお客様情報と異なります。承諾すると、登録をこの申込の記載に改めます。`,
    subject: application[field],
    entry: registered.values[field],
    evidence: { rule: 'customerRecord', field, source: 'customerRecord' },
  }));
}
