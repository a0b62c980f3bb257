import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { Client, Connection } from '@temporalio/client';
import { connectionError } from '../clients/tls-diagnosis.ts';
import type { Config } from '../config.ts';
import { whyUnreachable } from '../domain/base/unreachable.ts';
import { type CodecConfig, dataConverterOf } from './payload-codec.ts';

type ServerConfig = Pick<
  Config,
  | 'TEMPORAL_ADDRESS'
  | 'TEMPORAL_TLS'
  | 'TEMPORAL_TLS_SERVER_CA_CERT_PATH'
  | 'TEMPORAL_TLS_CLIENT_CERT_PATH'
  | 'TEMPORAL_TLS_CLIENT_KEY_PATH'
  | 'TEMPORAL_TLS_SERVER_NAME'
  | 'TEMPORAL_API_KEY'
>;

export type TemporalConfig = ServerConfig & Pick<Config, 'TEMPORAL_NAMESPACE'> & CodecConfig;

/** Opens the one connection of a process to Temporal. Throws a sentence that says what stands in the way. */
export async function connectTemporal(config: TemporalConfig): Promise<Client> {
  const { TEMPORAL_NAMESPACE: namespace } = config;
  const dataConverter = dataConverterOf(config);
  return new Client({ connection: await openConnection(config), namespace, dataConverter });
}

async function openConnection(config: ServerConfig): Promise<Connection> {
  const options = temporalConnection(config);
  try {
    return await Connection.connect(options);
  } catch (error) {
    // gRPC says only that the time ran out.
    const address = config.TEMPORAL_ADDRESS;
    const at = address.lastIndexOf(':');
    const found = await connectionError(
      { host: address.slice(0, at), port: Number(address.slice(at + 1)) },
      nodeTls(options.tls),
    );
    throw new Error(
      `Temporal at ${address}: ${found === undefined ? refusal(error) : whyUnreachable(found)}`,
      {
        cause: error,
      },
    );
  }
}

const UNAUTHENTICATED = 16;
const PERMISSION_DENIED = 7;

function refusal(error: unknown): string {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1) {
    const code = 'code' in each ? each.code : undefined;
    if (code === UNAUTHENTICATED || code === PERMISSION_DENIED) return 'the server refuses TEMPORAL_API_KEY';
  }
  return 'the server takes the connection and does not answer; does it want TLS, or none?';
}

/** How clients and workers connect: TLS with whom to believe, what to show, and an API key. Throws where a file cannot be read. */
export function temporalConnection(config: ServerConfig) {
  const {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_API_KEY: apiKey,
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: authority,
    TEMPORAL_TLS_CLIENT_CERT_PATH: certificate,
    TEMPORAL_TLS_CLIENT_KEY_PATH: key,
    TEMPORAL_TLS_SERVER_NAME: serverName,
  } = config;
  const wanted = [apiKey, authority, certificate, serverName].some((value) => value !== undefined);
  const tls = {
    ...(authority === undefined
      ? {}
      : { serverRootCACertificate: read('TEMPORAL_TLS_SERVER_CA_CERT_PATH', authority) }),
    ...(serverName === undefined ? {} : { serverNameOverride: serverName }),
    ...(certificate === undefined || key === undefined
      ? {}
      : {
          clientCertPair: {
            crt: read('TEMPORAL_TLS_CLIENT_CERT_PATH', certificate),
            key: read('TEMPORAL_TLS_CLIENT_KEY_PATH', key),
          },
        }),
  };
  return {
    address,
    ...(config.TEMPORAL_TLS === 'true' || (config.TEMPORAL_TLS === undefined && wanted) ? { tls } : {}),
    ...(apiKey === undefined ? {} : { apiKey }),
  };
}

function read(setting: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`${setting}: ${path} cannot be read: ${whyUnreachable(error)}`);
  }
}

function nodeTls(tls: ReturnType<typeof temporalConnection>['tls']): ConnectionOptions | undefined {
  if (tls === undefined) return undefined;
  const { serverRootCACertificate: ca, serverNameOverride: servername, clientCertPair: pair } = tls;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(servername === undefined ? {} : { servername }),
    ...(pair === undefined ? {} : { cert: pair.crt, key: pair.key }),
  };
}
