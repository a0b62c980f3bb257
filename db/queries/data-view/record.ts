import type { SeenPage } from '../../../domain/processes/index.ts';
import type { ConsentScope } from '../../../domain/support/support-consent.ts';
import type { Executor } from '../../client.ts';
import { dataViews } from '../../schema/index.ts';

export interface NewDataView {
  at: Date;
  staffId: string;
  /** Which page. */
  page: SeenPage;
  scope: ConsentScope[];
  contractId: string | null;
  applicationId: string | null;
  /** Consents by which support saw it. */
  consentIds: string[];
}

/** Notes that a member of staff was shown a customer's data (第13条2項, 第20条); before it is shown, so that none is missed. */
export async function recordDataView(db: Executor, view: NewDataView): Promise<void> {
  await db.insert(dataViews).values(view);
}
