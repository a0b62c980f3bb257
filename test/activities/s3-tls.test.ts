import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import S3rver from 's3rver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeArgs, rootDir } from '../../dev/paths.ts';
import { authority, issued } from '../support/certificates.ts';

/** A real S3 server by https with a certificate of our own, asked by `hasso doctor` in a process of its own. */
const folder = mkdtempSync(join(tmpdir(), 'hasso-s3-tls-'));
const own = authority('Own authority');
const caFile = join(folder, 'own.pem');
writeFileSync(caFile, own.pem);
const { pem: cert, keyPem: key } = issued(own, ['localhost']);
const server = new S3rver({
  port: 0,
  address: '127.0.0.1',
  silent: true,
  directory: join(folder, 's3'),
  configureBuckets: [{ name: 'documents' }],
  ...{ cert, key },
});
let settings: Record<string, string>;

beforeAll(async () => {
  const { port } = await server.run();
  settings = {
    DOCUMENTS_DIR: folder,
    S3_BUCKET: 'documents',
    S3_ENDPOINT: `https://localhost:${port}`,
    S3_ACCESS_KEY_ID: 'S3RVER',
    S3_SECRET_ACCESS_KEY: 'S3RVER',
  };
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function found(change: Record<string, string>): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', HOME: folder, HASSO_DATA_DIR: folder, ...settings, ...change };
  const program = promisify(execFile);
  const { stdout } = await program(process.execPath, nodeArgs('cli/main.ts', 'doctor'), {
    cwd: rootDir,
    env,
  }).catch((error: { stdout: string }) => error);
  return stdout.split('\n').find((line) => line.includes(' documents: ')) ?? stdout;
}

test.each([
  [
    'the authority is named',
    () => ({ NODE_EXTRA_CA_CERTS: caFile }),
    'ok    documents: can be stored in the bucket',
  ],
  [
    'it is not',
    () => ({}),
    'WRONG documents: S3_BUCKET documents: the authority of the server’s certificate is not known here',
  ],
  [
    'there is no such bucket',
    () => ({ NODE_EXTRA_CA_CERTS: caFile, S3_BUCKET: 'nothing' }),
    'WRONG documents: S3_BUCKET nothing: there is no such bucket',
  ],
  [
    'the key is wrong',
    () => ({ NODE_EXTRA_CA_CERTS: caFile, S3_ACCESS_KEY_ID: 'nobody', S3_SECRET_ACCESS_KEY: 'wrong-word' }),
    'WRONG documents: S3_BUCKET documents: the server refuses these keys',
  ],
  [
    'nothing listens',
    () => ({ S3_ENDPOINT: 'https://localhost:1' }),
    'WRONG documents: S3_BUCKET documents: nothing listens there',
  ],
])('a bucket by https where %s', async (_, change, line) => {
  const answer = await found(change());
  expect(answer).toContain(line);
  expect(answer).not.toContain('wrong-word');
});
