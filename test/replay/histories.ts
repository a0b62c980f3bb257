import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import proto from '@temporalio/proto';

/** One run of a workflow as it was recorded, with the ID that it ran under. */
export interface RecordedHistory {
  workflowType: string;
  workflowId: string;
  /** The release that recorded it. */
  release: string;
  history: { events: RecordedEvent[] };
}

export interface RecordedEvent {
  eventType: string;
  [field: string]: unknown;
}

export const historiesDir: string = join(import.meta.dirname, 'histories');

/** All recorded histories by file name. They are only added to: a change of workflows must keep replaying them. */
export function readHistories(): Map<string, RecordedHistory> {
  const names = readdirSync(historiesDir).filter((name) => name.endsWith('.json'));
  return new Map(
    names
      .sort()
      .map((name) => [name, JSON.parse(readFileSync(join(historiesDir, name), 'utf8')) as RecordedHistory]),
  );
}

const { History } = proto.temporal.api.history.v1;
type ServerHistory = Parameters<typeof History.fromObject>[0];

// The SDK's own historyToJSON fails where npm installs protobufjs more than once; this form holds the same.
/** A history as the server gives it, as plain JSON. */
export const recordable = (history: ServerHistory): RecordedHistory['history'] =>
  JSON.parse(JSON.stringify(History.fromObject(history)));

/** What the replay worker takes. */
export const replayable = ({ history }: RecordedHistory): ReturnType<typeof History.fromObject> =>
  History.fromObject(history);

/** A history as text with every payload in clear, to look for what must not be in it. */
export function readableText({ history }: Pick<RecordedHistory, 'history'>): string {
  return JSON.stringify(history, (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value,
  );
}
