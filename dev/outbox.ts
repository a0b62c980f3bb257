import { connect } from 'node:net';
import { nodeArgs } from './paths.ts';
import type { ServiceSpec } from './supervisor.ts';

/** The development mailbox: an SMTP server on this port that writes each delivery into `dir`. */
export function outboxService({
  dir,
  port,
  env,
}: {
  dir: string;
  port: number;
  env: NodeJS.ProcessEnv;
}): ServiceSpec {
  return {
    name: 'outbox',
    command: process.execPath,
    args: nodeArgs('dev/outbox-server.ts', dir, String(port)),
    env,
    stopSignal: 'SIGTERM',
    health: () => greets(port),
  };
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const answer = (greeted: boolean) => {
      socket.destroy();
      resolve(greeted);
    };
    socket.setTimeout(2_000, () => answer(false));
    socket.once('error', () => answer(false));
    socket.once('data', (data) => answer(data.toString().startsWith('220')));
  });
}
