import { type KillableStack, startKillableStack } from './own-stack.ts';
import { startTwilioServer, type TwilioServer } from './twilio-server.ts';

/**
 * A stack of a test's own whose background worker dies when the provider has done what `deaths` names, before it has heard of it: once for
 * each, in their order; those that are still to come stay in the list.
 */
export async function startDyingAtProvider(
  deaths: string[],
): Promise<{ server: TwilioServer; stack: KillableStack; stop(): Promise<void> }> {
  let stack: KillableStack | null = null;
  const server = await startTwilioServer({
    onDone: (operationId) => {
      if (deaths[0] !== operationId) return;
      deaths.shift();
      stack?.killWorker();
    },
  });
  stack = await startKillableStack({
    TWILIO_ACCOUNT_SID: server.accountSid,
    TWILIO_AUTH_TOKEN: server.authToken,
    TWILIO_BASE_URL: server.url,
    TWILIO_NUMBERS_URL: server.url,
  });
  return {
    server,
    stack,
    async stop() {
      await stack?.stop();
      await server.close();
    },
  };
}
