import { jstDate } from '../../../domain/calendar/civil-date.ts';
import { periodOn } from '../../../domain/future/period-line.ts';
import { certifiedCancelBy } from '../../../domain/period/renewal.ts';
import { cutoffPolicyOf } from '../../../domain/policy/policies.ts';
import type { CertificatePayload } from '../../../templates/certificate.ts';
import type { Database } from '../../client.ts';
import { recordAudit } from '../audit/record.ts';
import type { ContractFacts } from '../contract/find.ts';
import { readContractFuture } from '../future/read.ts';
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
  const { future } = await readContractFuture(db, { contractId: contract.id, today });
  const period = periodOn(future.line, today);
  const cutoff = cutoffPolicyOf(await loadPolicies(db));
  const revision = (await lastRevision(db, contract.id)) + 1;
  const payload = await gatherCertificate(db, facts, settings, {
    revision,
    issuedOn: today,
    period,
    cancelBy: certifiedCancelBy(period.kind, period.to, cutoff),
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
