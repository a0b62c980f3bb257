import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { probeSmtp, type SmtpSettings } from '../clients/smtp.ts';
import type { Database } from '../db/client.ts';
import { requireDatabase } from '../db/connection.ts';
import { recordOf } from '../domain/base/keys.ts';
import type { DocumentStorage } from '../storage/file-storage.ts';

/** The parts that the system rests on. */
export const PARTS = ['postgres', 'temporal', 'storage', 'mail'] as const;
export type Part = (typeof PARTS)[number];

/** Whether each part answers now. Nobody waits for mail (it rests in its rows and is sent later): ready without it. */
export interface Readiness {
  ready: boolean;
  parts: Record<Part, 'ok' | 'away'>;
}

const PROBE_MS = 3_000;
/** How long an answer counts: whoever asks often must not load the parts. Mail servers count connections. */
const KEPT_MS: Record<Part, number> = { postgres: 2_000, temporal: 2_000, storage: 10_000, mail: 30_000 };

export interface Ports {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly client: Client;
  readonly namespace: string;
  readonly storage: DocumentStorage;
  readonly smtp: SmtpSettings;
}

/** A look at each part. Throws a sentence, or the error of the part, where it does not answer. */
export function probes(ports: Ports): Record<Part, () => Promise<void>> {
  return {
    postgres: () => requireDatabase(ports.db, ports.databaseUrl),
    temporal: () => probeTemporal(ports.client, ports.namespace),
    storage: () => ports.storage.probe(),
    mail: () => probeSmtp(ports.smtp),
  };
}

/** Throws where the server does not know the namespace, or does not answer. */
export async function probeTemporal(client: Client, namespace: string): Promise<void> {
  await client.withDeadline(Date.now() + PROBE_MS, () =>
    client.workflowService.describeNamespace({ namespace }),
  );
}

/** Asks each part, at most once within the time that an answer counts. */
export function createReadiness(
  looks: Record<Part, () => Promise<void>>,
  now: () => number = Date.now,
): () => Promise<Readiness> {
  const last = new Map<Part, { atMs: number; answer: Promise<'ok' | 'away'> }>();
  const ask = (part: Part) => {
    const kept = last.get(part);
    if (kept !== undefined && now() - kept.atMs < KEPT_MS[part]) return kept.answer;
    const answer = within(looks[part]);
    last.set(part, { atMs: now(), answer });
    return answer;
  };
  return async () => {
    const answers = await Promise.all(PARTS.map(async (part) => [part, await ask(part)] as const));
    const parts = {
      ...recordOf(PARTS, () => 'away' as const),
      ...Object.fromEntries(answers),
    } as Readiness['parts'];
    return { ready: parts.postgres === 'ok' && parts.temporal === 'ok' && parts.storage === 'ok', parts };
  };
}

function within(look: () => Promise<void>): Promise<'ok' | 'away'> {
  return Promise.race([
    look().then(
      () => 'ok' as const,
      () => 'away' as const,
    ),
    delay(PROBE_MS, 'away' as const, { ref: false }),
  ]);
}
