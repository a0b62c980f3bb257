import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import S3rver from 's3rver';
import type { StoreFault } from './plan.ts';

const SLOW_MS = 2_000;
const BUCKET = 'documents';

/** An S3 server on this machine that does what befalls it: hangs up, waits, has no room, or hangs up after the work is done. */
export async function startObjectStore(directory: string, wrong: () => StoreFault | null) {
  const server = new S3rver({
    ...{ port: 0, address: '127.0.0.1', silent: true, directory },
    configureBuckets: [{ name: BUCKET }],
  });
  const { port } = await server.run();
  const proxy = createServer((asked, answer) => {
    const fault = wrong();
    if (fault === 'down') return asked.socket.destroy();
    if (fault === 'full' && asked.method === 'PUT') {
      asked.resume();
      return answer.writeHead(507).end('<Error><Code>InsufficientStorage</Code></Error>');
    }
    const { method, url: path, headers } = asked;
    const forwarded = request({ host: '127.0.0.1', port, method, path, headers }, (came) => {
      if (fault === 'cutOff') return void asked.socket.destroy();
      answer.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(answer);
    });
    forwarded.on('error', () => asked.socket.destroy());
    asked.on('error', () => forwarded.destroy());
    const send = () => asked.pipe(forwarded);
    if (fault === 'slowed') void delay(SLOW_MS).then(send);
    else send();
  });
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening));
  const { port: proxyPort } = proxy.address() as AddressInfo;
  return {
    env: {
      S3_BUCKET: BUCKET,
      S3_ENDPOINT: `http://127.0.0.1:${proxyPort}`,
      S3_REGION: 'us-east-1',
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
    },
    async stop() {
      proxy.closeAllConnections();
      await new Promise((closed) => proxy.close(closed));
      await server.close();
    },
  };
}
