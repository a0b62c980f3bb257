import { connect as connectPlain } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

const TIMEOUT_MS = 5_000;
/** A server that wants a certificate says so only after the handshake (TLS 1.3). */
const LISTEN_MS = 300;

/** What goes wrong when connecting to a server: the error, or undefined when nothing does. Sends nothing but a handshake. */
export function connectionError(
  { host, port }: { readonly host: string; readonly port: number },
  tls: ConnectionOptions | undefined,
): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const socket =
      tls === undefined
        ? connectPlain({ host, port })
        : connectTls({ host, port, ALPNProtocols: ['h2'], ...tls });
    const end = (error?: Error) => {
      resolve(error);
      socket.destroy();
    };
    socket.setTimeout(TIMEOUT_MS, () => end(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    socket.once('error', end);
    // A server that refuses our certificate may say nothing and leave.
    socket.once('close', () => end(Object.assign(new Error('ended'), { code: 'ECONNRESET' })));
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => setTimeout(end, LISTEN_MS));
  });
}
