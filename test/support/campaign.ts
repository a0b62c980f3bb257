import type { Client } from '@temporalio/client';
import { noticeWorkflowId } from '../../workflows/notice/messages.ts';

/**
 * Ends a campaign that has posted and sent everything and only follows what comes back: while a child runs, the server
 * does not skip the time of its parent.
 */
export async function endCampaign(client: Client, noticeId: string): Promise<void> {
  await client.workflow.getHandle(noticeWorkflowId(noticeId)).terminate('everything is sent');
}
