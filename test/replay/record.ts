/**
 * Records histories for the replay gate: `node --import tsx test/replay/record.ts [RELEASE [SCENARIO …]]` drives every workflow
 * through its scenarios, or the named ones, on a stack of its own and writes `histories/<workflow>.<scenario>.run-<n>.v<RELEASE>.json`.
 * It only adds: a file that is there stays as it is (docs/decisions/007-versioning.md). RELEASE is the version in
 * package.json unless given.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { addBaseData } from '../../dev/base-data.ts';
import { rootDir, varDir } from '../../dev/paths.ts';
import { runProgram, stopRequest } from '../../dev/program.ts';
import { startStack } from '../../dev/stack.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { historiesDir, type RecordedEvent, type RecordedHistory, recordable } from './histories.ts';
import { scenarios } from './scenarios.ts';

const RECORDER = 'recorder';
const MACHINE_FIELDS = ['workerVersion', 'requestId', 'prevAutoResetPoints', 'stackTrace'];

async function runsOf(client: Client, workflowId: string): Promise<RecordedHistory['history'][]> {
  const runs: RecordedHistory['history'][] = [];
  let runId: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
  while (runId !== undefined && runId !== '') {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    runs.unshift(withoutMachine(recordable(history)));
    runId =
      history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  }
  return runs;
}

/** Process, machine and build of the workers say nothing about the workflow; without them a history is smaller. */
function withoutMachine(history: RecordedHistory['history']): RecordedHistory['history'] {
  return JSON.parse(
    JSON.stringify(history, (key, value: unknown) => {
      if (MACHINE_FIELDS.includes(key)) return undefined;
      if (key === 'identity') return RECORDER;
      const sticky = typeof value === 'string' && /^\d+@/.test(value);
      return sticky ? RECORDER : value;
    }),
  );
}

function typeOf(events: readonly RecordedEvent[]): string {
  const started = events[0]?.workflowExecutionStartedEventAttributes as
    | { workflowType: { name: string } }
    | undefined;
  if (started === undefined) throw new Error('a history that does not begin with its start');
  return started.workflowType.name;
}

await runProgram(async () => {
  const version = JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8')).version as string;
  const [release = version, ...only] = process.argv.slice(2);
  const stateDir = join(varDir, `record-${process.pid}`);
  const stack = await startStack({
    stateDir,
    apps: ['interactive', 'background'],
    throwaway: true,
    signal: stopRequest(),
  });
  const config = loadConfig(stack.env);
  const { db, close } = openDatabase(config);
  const client = await connectTemporal(config);
  try {
    await addBaseData(db);
    for (const [scenario, drive] of Object.entries(scenarios(db, client))) {
      if (only.length > 0 && !only.includes(scenario)) continue;
      const workflowId = await drive();
      const runs = await runsOf(client, workflowId);
      for (const [index, history] of runs.entries()) {
        const workflowType = typeOf(history.events);
        const name = `${workflowType}.${scenario}.run-${index + 1}.v${release}.json`;
        const path = join(historiesDir, name);
        const record: RecordedHistory = { workflowType, workflowId, release, history };
        const kept = existsSync(path);
        if (!kept) writeFileSync(path, `${JSON.stringify(record)}\n`);
        console.error(`${kept ? 'kept' : 'recorded'} ${name} (${history.events.length} events)`);
      }
    }
    return 0;
  } finally {
    await client.connection.close();
    await close();
    await stack.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
});
