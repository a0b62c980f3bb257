import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { SetupError } from '../bin/setup/packages.mjs';

// Below the range from which systems take the ports of outgoing connections: a client that reconnects to a dead
// server on such a port can connect to itself and so keep the server from coming back.
const lowestPort = 20_000;
const highestPort = 32_000;

/** Whether a server could listen on this port of the loopback interface now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The environment variable that sets each port; the others are always free ones. */
const variables: Readonly<Record<string, string>> = {
  web: 'WEB_PORT',
  postgres: 'POSTGRES_PORT',
  temporal: 'TEMPORAL_PORT',
  temporalUi: 'TEMPORAL_UI_PORT',
  smtp: 'SMTP_PORT',
};

/**
 * A port for each name: the one that the environment sets, else the remembered one while it is free, else a free one.
 * Throws a SetupError when a port that was asked for is taken.
 */
export async function choosePorts(
  names: readonly string[],
  remembered: Readonly<Record<string, number>>,
  env: NodeJS.ProcessEnv,
): Promise<Record<string, number>> {
  const chosen: Record<string, number> = {};
  const taken = new Set<number>();
  for (const name of names) {
    const port = await choosePort(name, remembered[name], env, taken);
    taken.add(port);
    chosen[name] = port;
  }
  return chosen;
}

async function choosePort(
  name: string,
  remembered: number | undefined,
  env: NodeJS.ProcessEnv,
  taken: ReadonlySet<number>,
): Promise<number> {
  const variable = variables[name];
  const asked = variable === undefined ? undefined : env[variable];
  if (variable !== undefined && asked !== undefined && asked !== '') {
    const port = Number(asked);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new SetupError(`${variable}=${asked} is not a port number.`);
    if (!(await isPortFree(port)))
      throw new SetupError(
        `Port ${port} (${variable}) is in use by another program: free it or set another.`,
      );
    return port;
  }
  if (remembered !== undefined && !taken.has(remembered) && (await isPortFree(remembered))) return remembered;
  for (;;) {
    const port = randomInt(lowestPort, highestPort);
    if (!taken.has(port) && (await isPortFree(port))) return port;
  }
}
