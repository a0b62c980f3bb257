import type { Connection } from '@temporalio/client';

/**
 * Whether a worker whose identity (`<process id>@<host>`) passes polls the queue for workflows: the only sign that it
 * really serves. A dead worker stays on the server's list for minutes, so `is` should look for the very process.
 */
export async function isPolling(
  connection: Connection,
  worker: {
    readonly namespace: string;
    readonly taskQueue: string;
    readonly is: (identity: string) => boolean;
  },
): Promise<boolean> {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace: worker.namespace,
    taskQueue: { name: worker.taskQueue },
    taskQueueType: workflowQueue,
  });
  return pollers.some((poller) => worker.is(poller.identity ?? ''));
}

// temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
const workflowQueue = 1;
