import {
  type ClientHttp2Session,
  connect,
  constants,
  createSecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificates.ts';

const UNAUTHENTICATED = '16';

/**
 * The Temporal server of the tests behind TLS, as Temporal Cloud is: with a certificate of its own, asking for one of the client
 * where `clients` names whom it believes, or for an API key.
 */
export async function temporalBehindTls(
  address: string,
  of: { certificate: Certificate; clients?: Certificate; apiKey?: string },
): Promise<{ port: number; stop: () => Promise<void> }> {
  const behind: ClientHttp2Session = connect(`http://${address}`);
  behind.on('error', () => undefined);
  const server = createSecureServer({
    cert: of.certificate.pem,
    key: of.certificate.keyPem,
    ...(of.clients === undefined ? {} : { ca: of.clients.pem, requestCert: true, rejectUnauthorized: true }),
  });
  const sessions = new Set<{ destroy: () => void }>();
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    if (of.apiKey !== undefined && headers.authorization !== `Bearer ${of.apiKey}`) {
      stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': UNAUTHENTICATED },
        { endStream: true },
      );
      return;
    }
    passOn(behind, stream, headers);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.destroy();
        behind.destroy();
        server.close(() => resolve());
      }),
  };
}

function passOn(behind: ClientHttp2Session, stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const { ':scheme': _, ':authority': __, ...rest } = headers;
  const asked = behind.request(rest);
  asked.on('error', () => stream.destroy());
  stream.on('close', () => asked.close(constants.NGHTTP2_CANCEL));
  stream.pipe(asked);
  asked.on('response', (answer) => {
    let trailers: IncomingHttpHeaders = {};
    asked.on('trailers', (given) => {
      trailers = given;
    });
    stream.respond(answer, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    asked.pipe(stream);
  });
}
