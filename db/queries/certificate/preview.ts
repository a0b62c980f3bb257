import { type CivilDate, civilDate, jstDate } from '../../../domain/calendar/civil-date.ts';
import { type Period, periodAt, periodContaining } from '../../../domain/period/periods.ts';
import { renewalCutoff } from '../../../domain/period/renewal.ts';
import { cutoffPolicyOf } from '../../../domain/policy/policies.ts';
import type { CertificatePayload } from '../../../templates/certificate.ts';
import type { Database, Executor } from '../../client.ts';
import { recordAudit } from '../audit/record.ts';
import { type ContractFacts, contractPeriodRows } from '../contract/find.ts';
import { loadPolicies } from '../policy/load.ts';
import { type CertificateSettings, gatherCertificate } from './gather.ts';
import { lastRevision } from './records.ts';

/**
 * What the next revision of a contract's certificate would state if it were issued now, marked as a sample. No
 * certificate is recorded, no verification page leads to it; the look is logged (第12条2項).
 */
export async function previewCertificate(
  db: Database,
  facts: ContractFacts,
  input: { settings: CertificateSettings; actor: string; now: Date },
): Promise<CertificatePayload> {
  const { settings, actor, now } = input;
  const { contract } = facts;
  const today = jstDate(now.getTime());
  const period = await currentPeriod(db, facts, today);
  const renews = contract.kind === 'annual' && contract.endsOn === null;
  const cutoff = cutoffPolicyOf(await loadPolicies(db));
  const revision = (await lastRevision(db, contract.id)) + 1;
  const payload = await gatherCertificate(db, facts, settings, {
    revision,
    issuedOn: today,
    period,
    cancelBy: renews ? renewalCutoff(period.to, cutoff).value.cancelBy : null,
    verificationUrl: null,
  });
  await recordAudit(db, {
    actor,
    action: 'certificate.previewed',
    subjectType: 'contract',
    subjectId: contract.id,
    after: { revision },
  });
  return { ...payload, sample: true };
}

/** The period that a certificate of today would show: the last recorded one, or the month that it has rolled on to. */
async function currentPeriod(
  db: Executor,
  { contract }: ContractFacts,
  today: CivilDate,
): Promise<Pick<Period, 'from' | 'to'>> {
  const recorded = (await contractPeriodRows(db, contract.id)).at(-1);
  const firstDay = civilDate(contract.firstDay);
  if (recorded === undefined) return periodAt({ kind: contract.kind, firstDay }, 1).value;
  const last = { from: civilDate(recorded.from), to: civilDate(recorded.to) };
  if (contract.kind === 'annual') return last;
  return periodContaining({ kind: 'monthly', firstDay: last.from }, today).value ?? last;
}
