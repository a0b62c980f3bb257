import { createServer, type Server } from 'node:net';
import { expect, test } from 'vitest';
import { choosePorts, isPortFree } from '../../dev/ports.ts';

function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : 0 });
    });
  });
}

test('every part gets a free port of its own, below those of outgoing connections', async () => {
  const ports = await choosePorts(['web', 'postgres', 'temporal', 'smtp'], {}, {});
  const numbers = Object.values(ports);
  expect(new Set(numbers).size).toBe(4);
  for (const port of numbers) {
    expect(port).toBeLessThan(32_768);
    expect(await isPortFree(port)).toBe(true);
  }
});

test('a remembered port is used again while it is free, so that the address of the console stays', async () => {
  const first = await choosePorts(['web'], {}, {});
  expect(await choosePorts(['web'], first, {})).toEqual(first);
  const { server, port } = await listen();
  expect((await choosePorts(['web'], { web: port }, {})).web).not.toBe(port);
  server.close();
});

test('a port set in the environment is used, or refused with its name when it is taken or no port', async () => {
  const { web = 0 } = await choosePorts(['web'], {}, {});
  expect(await choosePorts(['web'], {}, { WEB_PORT: String(web) })).toEqual({ web });
  const { server, port } = await listen();
  await expect(choosePorts(['web'], {}, { WEB_PORT: String(port) })).rejects.toThrow(
    `Port ${port} (WEB_PORT) is in use`,
  );
  server.close();
  await expect(choosePorts(['smtp'], {}, { SMTP_PORT: 'x' })).rejects.toThrow(
    'SMTP_PORT=x is not a port number',
  );
});
