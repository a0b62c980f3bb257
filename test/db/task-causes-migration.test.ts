import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { stackEnv } from '../support/stacks.ts';

const { DATABASE_OWNER_URL = '' } = stackEnv();
const owner = openDatabase({ DATABASE_URL: DATABASE_OWNER_URL }, 1);
afterAll(() => owner.close());

const path = fileURLToPath(new URL('../../db/migrations/0019_declarations.sql', import.meta.url));
const statements = readFileSync(path, 'utf8').split('--> statement-breakpoint');

/** The tables as they were before, with the columns that the migration reads and writes. */
const BEFORE = `
  create schema before; set local search_path = before;
  create table mails (key text, kind text, subject_type text, subject_id int, created_at int);
  create table tasks (id int, kind text, subject_type text, subject_id int, note text, mail_key text);
  create table certificates (contract_id int, cause text);
  create unique index certificates_cause on certificates (contract_id, cause);
  insert into certificates values (1, 'initial'), (1, 'renewal/2'), (1, 'change/8b3f'), (1, 'numbers/a/b');
  insert into mails values
    ('request/old', 'changeRefused', 'contract', 1, 1), ('request/new', 'changeRefused', 'contract', 1, 2),
    ('request/other', 'changeRefused', 'contract', 2, 3), ('acceptance/5', 'applicationAccepted', 'application', 5, 1);
  insert into tasks values
    (1, 'review', 'application', 5, '', null),
    (2, 'secondPerson', 'contract', 1, '8b3f', null),
    (3, 'offBoardingWork', 'contract', 1, 'partnerTold', null),
    (4, 'deletionProblem', 'contract', 1, 'leftovers', null),
    (5, 'deletionProblem', 'contract', 1, 'stuck:executions', null),
    (6, 'mailProblem', 'contract', 1, 'changeRefused:MailRefused', null),
    (7, 'mailProblem', 'contract', 1, 'contractEnded:SandboxMailBlocked', 'ended/1'),
    (8, 'mailProblem', 'application', 5, 'applicationAccepted:MailRefused', null),
    (9, 'mailProblem', 'application', 5, 'applicationReceived:bounced', 'receipt/5'),
    (10, 'holdDecision', 'contract', 1, 'a-hold', null),
    (11, 'incomingMail', 'incomingMail', 7, 'unreadable', null)`;

test('what stood in one text of tasks and certificates is in fields of its own, and nobody’s work is lost', async () => {
  const rollback = new Error('rolled back');
  const found: Record<string, unknown[]> = {};
  await owner.db
    .transaction(async (tx) => {
      await tx.execute(sql.raw(BEFORE));
      for (const statement of statements) await tx.execute(sql.raw(statement));
      const rows = async (query: string) => [...(await tx.execute(sql.raw(query)))].map(Object.values);
      found.tasks = await rows('select id, cause, about, awaited from tasks order by id');
      found.certificates = await rows('select cause_kind, cause_ref from certificates order by cause_kind');
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  expect(found.tasks).toEqual([
    [1, null, '', false],
    [2, null, '8b3f', false],
    [3, null, 'partnerTold', false],
    [4, 'leftovers', '', false],
    [5, 'stuck', 'executions', false],
    [6, 'refused', 'request/new', true],
    [7, 'sandboxBlocked', 'ended/1', false],
    [8, 'refused', 'acceptance/5', true],
    [9, 'bounced', 'receipt/5', false],
    [10, null, 'a-hold', false],
    [11, 'unreadable', '', false],
  ]);
  expect(found.certificates).toEqual([
    ['change', '8b3f'],
    ['initial', ''],
    ['numbers', 'a/b'],
    ['renewal', '2'],
  ]);
});
