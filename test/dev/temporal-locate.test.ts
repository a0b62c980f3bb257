import { expect, test } from 'vitest';
import {
  embeddedServerVersion,
  locateTemporal,
  skipsTime,
  type TemporalSources,
} from '../../dev/temporal-locate.ts';

const newCli = 'temporal version 1.9.0 (Server 1.32.0, UI 2.50.1)';
const oldCli = 'temporal version 1.5.1 (Server 1.29.1, UI 2.43.2)';

function sources(parts: Partial<TemporalSources> & { readonly clis?: Record<string, string> }) {
  const asked: string[] = [];
  const said: string[] = [];
  const all: TemporalSources = {
    cliVersion: (command) => parts.clis?.[command],
    cachedDownload: () => undefined,
    cachedServer: () => undefined,
    async download() {
      asked.push('download');
      return undefined;
    },
    async build() {
      asked.push('build');
      return '/cache/server';
    },
    say: (line) => said.push(line),
    ...parts,
  };
  return { all, asked, said };
}

test('a temporal CLI on the PATH whose server can skip time is taken first', async () => {
  const { all, asked } = sources({ clis: { temporal: newCli }, cachedServer: () => '/cache/server' });
  expect(await locateTemporal(all)).toEqual({ kind: 'cli', path: 'temporal' });
  expect(asked).toEqual([]);
});

test('a temporal CLI without time skipping is passed over', async () => {
  const { all } = sources({ clis: { temporal: oldCli }, cachedServer: () => '/cache/server' });
  expect(await locateTemporal(all)).toEqual({ kind: 'server', path: '/cache/server' });
});

test('an earlier download or build is used without asking the network', async () => {
  const { all, asked } = sources({ clis: { '/cache/cli': newCli }, cachedDownload: () => '/cache/cli' });
  expect(await locateTemporal(all)).toEqual({ kind: 'cli', path: '/cache/cli' });
  expect(asked).toEqual([]);
});

test('the official download comes before the build', async () => {
  const { all, asked } = sources({ clis: { '/new/cli': newCli }, download: async () => '/new/cli' });
  expect(await locateTemporal(all)).toEqual({ kind: 'cli', path: '/new/cli' });
  expect(asked).toEqual([]);
});

test('without the internet the server is built, and one line says why', async () => {
  const { all, asked, said } = sources({});
  expect(await locateTemporal(all)).toEqual({ kind: 'server', path: '/cache/server' });
  expect(asked).toEqual(['download', 'build']);
  expect(said).toHaveLength(1);
});

test('a download that cannot skip time is not used', async () => {
  const { all, said } = sources({ clis: { '/new/cli': oldCli }, download: async () => '/new/cli' });
  expect(await locateTemporal(all)).toEqual({ kind: 'server', path: '/cache/server' });
  expect(said.join()).toContain('no time skipping');
});

test.each([
  ['1.31.9', false],
  ['1.32.0', true],
  ['v1.33.0-rc.1', true],
  ['2.0.0', true],
  ['0.26.1', false],
  ['', false],
])('server %s skips time: %s', (version, skips) => {
  expect(skipsTime(version)).toBe(skips);
});

test.each([
  [newCli, '1.32.0'],
  [oldCli, '1.29.1'],
  ['temporal version 0.10.0 (server 1.21.1) (ui 2.16.2)', '1.21.1'],
  ['tctl 1.18', undefined],
])('%s carries server %s', (line, version) => {
  expect(embeddedServerVersion(line)).toBe(version);
});
