import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { probeSmtp } from '../../clients/smtp.ts';
import { connectionError } from '../../clients/tls-diagnosis.ts';
import { productionRefusals, refusalLine, type Settings } from '../../config/production.ts';
import { openDatabase } from '../../db/client.ts';
import { requireDatabase } from '../../db/connection.ts';
import { countSampleStaff } from '../../db/queries/staff/count-sample.ts';
import { whyUnreachable } from '../../domain/base/unreachable.ts';
import { DAY_MS } from '../../domain/calendar/civil-date.ts';
import { connectTemporal } from '../../gateway/connect.ts';
import { probeTemporal } from '../../gateway/readiness.ts';
import { openStorage } from '../../storage/open.ts';
import { readSigningKey } from '../../templates/pdf/signature-cms.ts';

/** What one look found; `unsure`: nothing is wrong yet, and somebody should know. */
export interface Finding {
  readonly verdict: 'ok' | 'unsure' | 'wrong';
  readonly what: string;
  readonly sentence: string;
}

/** Less than this before the signing certificate ends, somebody should order the next one. */
const SOON_MS = 60 * DAY_MS;
const IMAPS_PORT = 993;

type Look = (settings: Settings, now: Date) => Promise<Finding[]>;

/** Looks at everything that the settings lead to, as far as they could be read: side by side, each by itself. */
export async function examine(settings: Settings, now: Date): Promise<Finding[]> {
  const looks: readonly [what: string, look: Look][] = [
    ['Postgres', postgres],
    ['Temporal', temporal],
    ['documents', documents],
    ['mail', mail],
    ['bounces', bounces],
    ['SIGNING_P12', signingKey],
    ['DKIM_KEY_FILE', dkim],
    ['WEB_URL', web],
  ];
  const found = await Promise.all(
    looks.map(async ([what, look]) => {
      try {
        return await look(settings, now);
      } catch (error) {
        return [wrong(what, sentenceOf(error))];
      }
    }),
  );
  return found.flat();
}

const postgres: Look = async (settings) => {
  const { DATABASE_URL: url } = settings;
  if (url === undefined) return [];
  const { db, close } = openDatabase({ DATABASE_URL: url }, 1);
  try {
    await requireDatabase(db, url);
    const sampleStaff = await countSampleStaff(db);
    const refused =
      settings.HASSO_MODE === 'production'
        ? productionRefusals(settings, { sampleStaff }).filter(({ lets }) => lets === 'sample-staff')
        : [];
    return [
      ok('Postgres', `answers at ${placeOf(url)}`),
      ...refused.map((each) => wrong('Postgres', refusalLine(each))),
    ];
  } finally {
    await close();
  }
};

const temporal: Look = async (settings) => {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = settings;
  if (address === undefined || namespace === undefined) return [];
  const client = await connectTemporal({
    ...settings,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_CODEC_PLAIN: settings.TEMPORAL_CODEC_PLAIN ?? 'accept',
  });
  try {
    await probeTemporal(client, namespace);
    const plain = settings.TEMPORAL_CODEC_KEYS === undefined;
    return [
      ok('Temporal', `answers at ${address}, namespace ${namespace}`),
      ...(plain ? [unsure('TEMPORAL_CODEC_KEYS', 'is not set: Temporal stores ids and dates readable')] : []),
    ];
  } finally {
    await client.connection.close();
  }
};

const documents: Look = async (settings) => {
  const { DOCUMENTS_DIR: dir } = settings;
  if (dir === undefined) return [];
  await openStorage({ ...settings, DOCUMENTS_DIR: dir }).probe();
  return [
    ok(
      'documents',
      settings.S3_BUCKET === undefined ? `can be stored in ${dir}` : 'can be stored in the bucket',
    ),
  ];
};

const mail: Look = async (settings) => {
  const { SMTP_URL: url } = settings;
  if (url === undefined) return [];
  await probeSmtp({ url, caFile: settings.SMTP_CA_FILE });
  return [ok('mail', `the server at ${placeOf(url)} takes us in`)];
};

const bounces: Look = async ({ BOUNCE_IMAP_URL: text, BOUNCE_WEBHOOK_SECRET: webhook }) => {
  if (text === undefined) {
    if (webhook !== undefined) return [];
    return [
      unsure('BOUNCE_IMAP_URL', 'is not set, nor BOUNCE_WEBHOOK_SECRET: mail that comes back is not noticed'),
    ];
  }
  const { hostname: host, port, protocol } = new URL(text);
  const secure = protocol === 'imaps:';
  const error = await connectionError(
    { host, port: Number(port) || (secure ? IMAPS_PORT : 143) },
    secure ? { ALPNProtocols: [], servername: host } : undefined,
  );
  if (error !== undefined) throw error;
  return [ok('bounces', `the mailbox's server at ${placeOf(text)} answers; the password was not tried`)];
};

const signingKey: Look = async (settings, now) => {
  const { SIGNING_P12: path, SIGNING_P12_PASSPHRASE: passphrase = '' } = settings;
  if (path === undefined) return [];
  const key = readSigningKey(await readFile(path), passphrase);
  const until = new Date(key.validUntilMs).toISOString().slice(0, 10);
  const left = key.validUntilMs - now.getTime();
  if (left < 0) return [wrong('SIGNING_P12', `its certificate ended on ${until}`)];
  const refused =
    settings.HASSO_MODE === 'production'
      ? productionRefusals(settings, { selfMadeKey: key.selfSigned }).filter(
          ({ lets }) => lets === 'self-made-key',
        )
      : [];
  if (refused.length > 0) return refused.map((each) => wrong('SIGNING_P12', refusalLine(each)));
  const verdict = left < SOON_MS ? unsure : ok;
  return [verdict('SIGNING_P12', `signs as ${key.commonName} until ${until}`)];
};

const dkim: Look = async ({ DKIM_KEY_FILE: path }) => {
  if (path === undefined) return [];
  const { asymmetricKeyType: type } = createPrivateKey(await readFile(path));
  return [
    type === 'rsa' ? ok('DKIM_KEY_FILE', 'holds an RSA key') : wrong('DKIM_KEY_FILE', 'holds no RSA key'),
  ];
};

const web: Look = async ({ WEB_URL: url }) => {
  if (url === undefined) return [];
  const answer = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(5_000) }).catch(
    (error: unknown) => error,
  );
  if (answer instanceof Response && answer.ok) return [ok('WEB_URL', `answers at ${url}`)];
  const why = answer instanceof Response ? `status ${answer.status}` : whyUnreachable(answer);
  return [unsure('WEB_URL', `${url} does not answer yet: ${why}`)];
};

const ok = (what: string, sentence: string): Finding => ({ verdict: 'ok', what, sentence });
const unsure = (what: string, sentence: string): Finding => ({ verdict: 'unsure', what, sentence });
const wrong = (what: string, sentence: string): Finding => ({ verdict: 'wrong', what, sentence });

/** Host and port, without who signs in there. */
function placeOf(url: string): string {
  const { hostname, port } = new URL(url);
  return port === '' ? hostname : `${hostname}:${port}`;
}

/** Our own sentences as they are; of other errors the code, for their messages may quote an address with a password. */
function sentenceOf(error: unknown): string {
  const own = error instanceof Error && error.constructor === Error && !('code' in error);
  return own ? error.message : whyUnreachable(error);
}
