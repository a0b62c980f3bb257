import { condition, patched } from '@temporalio/workflow';
import type { MailInput } from '../../activities/mail/index.ts';
import { FAILURE } from '../../domain/base/failures.ts';
import { type CivilDate, jstDate } from '../../domain/calendar/civil-date.ts';
import { type CertificateCause, certificateKey } from '../../domain/period/certificate-cause.ts';
import type { Period } from '../../domain/period/periods.ts';
import { certifiedCancelBy } from '../../domain/period/renewal.ts';
import { deliver, failureType } from '../delivery.ts';
import { everyTaskReminds, type StaffTask } from '../desk.ts';
import { documents } from '../ports.ts';
import type { ContractContext } from './context.ts';
import { periodOf } from './state.ts';

export interface CertificateRequest {
  /** One certificate and one mail for each. */
  cause: CertificateCause;
  issuedOn: CivilDate;
  period: Period;
}

/**
 * Issues a certificate revision and mails it to the registered contact. One that cannot be drawn holds up the certificates behind
 * it, never another mail.
 */
export function pushCertificate(context: ContractContext, request: CertificateRequest): void {
  const { state, lane } = context;
  const { cause, issuedOn, period } = request;
  const cancelBy = certifiedCancelBy(state.basis.kind, period.to, state.reminders.cutoff);
  const businessMs = Date.now();
  const { contractId } = state;
  const issue = () =>
    untilMended(context, () =>
      documents.issueCertificate({ contractId, cause, issuedOn, period, cancelBy, businessMs }),
    );
  const send = ({ certificateId }: { certificateId: string }) =>
    sendUntilMended(context, {
      key: `certificate/${contractId}/${certificateKey(cause)}`,
      kind: 'certificateIssued',
      subjectType: 'contract',
      subjectId: contractId,
      certificateId,
      businessMs,
    });
  // In runs from before, mails waited behind the certificate.
  if (patched('2026-12-mails-beside-certificates')) {
    context.documents.push(async () => {
      const certificate = await issue();
      lane.push(() => send(certificate));
    });
  } else lane.push(async () => send(await issue()));
}

/** Issues a revision that states what holds from today on. */
export function pushRevision(context: ContractContext, cause: CertificateCause): void {
  const issuedOn = jstDate(Date.now());
  pushCertificate(context, { cause, issuedOn, period: periodOf(context.state, issuedOn) });
}

/** Mails something about the contract, behind what is already on its way. */
export function pushMail(
  context: ContractContext,
  input: Pick<MailInput, 'key' | 'kind'> & Partial<Pick<MailInput, 'dates' | 'requestId' | 'affected'>>,
): void {
  const { state, lane } = context;
  const businessMs = Date.now();
  lane.push(async () => {
    await sendUntilMended(context, {
      ...input,
      subjectType: 'contract',
      subjectId: state.contractId,
      businessMs,
    });
  });
}

/** A character without a glyph: no certificate with a hole; staff mend the data and say so, then it is tried again. */
async function untilMended<T>(context: ContractContext, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (failureType(error) !== FAILURE.missingGlyph) throw error;
      const task = await context.desk.open({ kind: 'certificateProblem', involved: [] });
      await waitForMend(context, task);
    }
  }
}

/** A refused address: staff register another one and say so, then the mail goes out under a key of its own; or a letter did it. */
async function sendUntilMended(context: ContractContext, input: MailInput): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const key = attempt === 1 ? input.key : `${input.key}/${attempt}`;
    const result = await deliver(context.desk, { ...input, key });
    if ('receipt' in result) return;
    if ((await waitForMend(context, result.task)) === 'post') return;
  }
}

async function waitForMend(context: ContractContext, task: StaffTask): Promise<'again' | 'post'> {
  const { mendedTasks, desk } = context;
  if (!everyTaskReminds()) desk.forget(task);
  await condition(() => mendedTasks.has(task.id));
  await desk.close(task, 'done');
  return mendedTasks.get(task.id) ?? 'again';
}
