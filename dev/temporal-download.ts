import { TestWorkflowEnvironment } from '@temporalio/testing';

/**
 * Lets the SDK download the Temporal CLI that it recommends into the folder given as argument. A program of its own,
 * as the SDK can only download by starting a server and keeps its native runtime until the process ends.
 */
const [downloadDir = ''] = process.argv.slice(2);
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir, ttl: '365 days' } },
});
await environment.teardown();
