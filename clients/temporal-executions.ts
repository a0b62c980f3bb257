import type { Client } from '@temporalio/client';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { executionIds } from '../domain/data-map/index.ts';

export interface Execution {
  workflowId: string;
  runId: string;
}

/** Executions of one customer on the Temporal server. */
export interface Executions {
  /** Those that are over and still there, with every run. */
  closed(subject: { contractId: string | null; applicationId: string }): Promise<Execution[]>;
  /** Removes history and visibility row of one that is over; the server does it soon after. */
  remove(execution: Execution): Promise<void>;
  /** All that the server holds of an execution's current run, as text with its payloads decoded; '' when it is gone. */
  textOf(workflowId: string): Promise<string>;
}

const NOT_FOUND = 5;

/** By the Temporal API. The connection is opened with the first use. */
export function temporalExecutions(connect: () => Promise<Client>): Executions {
  return {
    async closed(subject) {
      const client = await connect();
      const { whole, beginning } = executionIds(subject);
      const ids = [
        ...whole.map((id) => `WorkflowId = '${id}'`),
        ...beginning.map((id) => `WorkflowId STARTS_WITH '${id}'`),
      ];
      const found: Execution[] = [];
      const query = `ExecutionStatus != 'Running' and (${ids.join(' or ')})`;
      for await (const { workflowId, runId } of client.workflow.list({ query })) {
        found.push({ workflowId, runId });
      }
      return found;
    },

    async remove(workflowExecution) {
      const client = await connect();
      const { namespace } = client.options;
      try {
        await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
      } catch (error) {
        if ((error as { code?: number }).code !== NOT_FOUND) throw error;
      }
    },

    async textOf(workflowId) {
      const client = await connect();
      try {
        const handle = client.workflow.getHandle(workflowId);
        const [history, description] = [await handle.fetchHistory(), await handle.describe()];
        const { payloadCodecs } = client.options.loadedDataConverter;
        return JSON.stringify(await inClear([history, description.raw], payloadCodecs));
      } catch (error) {
        if ((error as { name?: string }).name === 'WorkflowNotFoundError') return '';
        throw error;
      }
    },
  };
}

/**
 * A message of the server as plain values: bytes as text, payloads as they were before they were encrypted for the store. Its own form
 * as JSON has bytes in base64, where no search finds anything.
 */
async function inClear(value: unknown, codecs: readonly PayloadCodec[]): Promise<unknown> {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Promise.all(value.map((each) => inClear(each, codecs)));
  if (codecs.length > 0 && isPayload(value)) {
    let payloads: Payload[] = [value];
    for (const codec of codecs.toReversed()) payloads = await codec.decode(payloads);
    return inClear(payloads, []);
  }
  const fields = Object.entries(value).map(
    async ([name, each]) => [name, await inClear(each, codecs)] as const,
  );
  return Object.fromEntries(await Promise.all(fields));
}

const isPayload = (value: object): value is Payload =>
  'metadata' in value && 'data' in value && value.data instanceof Uint8Array;
