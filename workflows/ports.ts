import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { BillingActivities } from '../activities/billing/index.ts';
import type { CustomerActivities } from '../activities/customer/index.ts';
import type { DeletionActivities } from '../activities/deletion/index.ts';
import type { DiscontinuationActivities } from '../activities/discontinuation/index.ts';
import type { DocumentActivities } from '../activities/documents/index.ts';
import type { DunningActivities } from '../activities/dunning/index.ts';
import type { CampaignActivities } from '../activities/mail/campaign.ts';
import type { MailActivities } from '../activities/mail/index.ts';
import type { NoticeActivities } from '../activities/notice/index.ts';
import type { ProvisioningActivities } from '../activities/provisioning/index.ts';
import type { PublicationActivities } from '../activities/publication/index.ts';
import type { ReceiptActivities } from '../activities/receipt/index.ts';
import type { RecordActivities } from '../activities/records/index.ts';
import type { RetentionActivities } from '../activities/retention/index.ts';
import type { ReviewActivities } from '../activities/review/index.ts';
import type { RescreeningActivities } from '../activities/review/rescreening.ts';
import type { SuspensionActivities } from '../activities/suspension/index.ts';
import type { TelephonyActivities } from '../activities/telephony/index.ts';
import type { UsageReadingActivities } from '../activities/usage-reading/index.ts';
import { NON_RETRYABLE } from '../domain/base/failures.ts';
import { BACKGROUND_QUEUE, INTERACTIVE_QUEUE } from '../domain/desk/queues.ts';
import { afterHistory } from './durable.ts';

/** Time-outs and retries of every port, in one place. Nothing here gives up by itself: silence becomes a task. */
const retry = (maximumInterval: '10s' | '1 minute' | '10 minutes') => ({
  initialInterval: '500ms' as const,
  backoffCoefficient: 2,
  maximumInterval,
  nonRetryableErrorTypes: NON_RETRYABLE,
});

/** Short idempotent writes: run inside the worker that runs the workflow, after all that they follow from is in its history. */
export const records = afterHistory(
  proxyLocalActivities<RecordActivities>({
    startToCloseTimeout: '10s',
    localRetryThreshold: '30s',
    retry: retry('10s'),
  }),
);

/** Checks of an application: the lists may be large, so not within a workflow task. */
export const review = proxyActivities<ReviewActivities>({
  taskQueue: INTERACTIVE_QUEUE,
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10s',
  retry: retry('1 minute'),
});

/** A page of contracts against a list: seconds of work, so that a killed worker's page soon begins anew. */
export const rescreening = proxyActivities<RescreeningActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: retry('1 minute'),
});

/** Steps of editions and fee changes; a page of contracts that move takes seconds. */
export const publication = proxyActivities<PublicationActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: retry('1 minute'),
});

/** Telling the contracts of a customer that it is called otherwise. */
export const customers = proxyActivities<CustomerActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '1 minute',
  retry: retry('1 minute'),
});

export const mail = proxyActivities<MailActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10s',
  retry: retry('10 minutes'),
});

/** Figures of up to a hundred thousand contracts, and telling them by pages. */
export const discontinuations = proxyActivities<DiscontinuationActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10s',
  retry: retry('1 minute'),
});

/** Pages of a billing run: some hundred contracts, or a few PDFs. */
export const billing = proxyActivities<BillingActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10s',
  retry: retry('1 minute'),
});

/** A look at one overdue paper, or at all for those that have become so. */
export const dunning = proxyActivities<DunningActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '1 minute',
  heartbeatTimeout: '10s',
  retry: retry('1 minute'),
});

/** A look at the numbers of one contract: some requests to the telephony provider, of 15 seconds at most. */
export const provisioning = proxyActivities<ProvisioningActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10s',
  retry: retry('1 minute'),
});

/** A month's usage of a page of subaccounts; a provider that does not answer for hours is given up, and the comparison says so. */
export const usageReading = proxyActivities<UsageReadingActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '30 minutes',
  heartbeatTimeout: '10s',
  retry: { ...retry('10 minutes'), maximumAttempts: 40 },
});

/** A page of subaccounts at the provider, and the notices about it. */
export const suspensions = proxyActivities<SuspensionActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10s',
  retry: retry('1 minute'),
});

/** A page of a campaign takes up to half a minute; a killed worker's page begins anew after the missed heartbeats. */
export const notice = proxyActivities<NoticeActivities & CampaignActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '3 minutes',
  heartbeatTimeout: '10s',
  retry: retry('10s'),
});

/** One PDF. */
export const receipts = proxyActivities<ReceiptActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10s',
  retry: retry('1 minute'),
});

export const documents = proxyActivities<DocumentActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '10s',
  retry: retry('1 minute'),
});

/** Steps of a deletion: the search reads everything that there is, and says meanwhile that it lives. */
export const deletion = proxyActivities<DeletionActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '10s',
  retry: retry('10 minutes'),
});

/** A page of what fell due: each entry is done by itself, so a killed page goes on where it was. */
export const retention = proxyActivities<RetentionActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '10s',
  retry: retry('10 minutes'),
});

/**
 * The telephony provider. A request of its own takes 15 seconds at most; many numbers take many. After a few attempts the
 * workflow goes on: it knows how long to wait and when to ask staff.
 */
export const telephony = proxyActivities<TelephonyActivities>({
  taskQueue: BACKGROUND_QUEUE,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '10s',
  retry: { ...retry('10s'), maximumAttempts: 4 },
});
