import { setTimeout as delay } from 'node:timers/promises';
import { type Client, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { Database, Transaction } from '../db/client.ts';
import { answerCommand, noteTry } from '../db/queries/command/answer.ts';
import {
  type CommandRow,
  findCommand,
  type NewCommand,
  recordCommand,
} from '../db/queries/command/record.ts';
import { unansweredSince, unansweredUpTo } from '../db/queries/command/unanswered.ts';
import type { CommandStart } from '../db/schema/index.ts';
import { type Answer, type Command, type Refusal, refuse } from '../domain/base/answers.ts';
import { grouped } from '../domain/base/grouped.ts';
import { startWorkflow } from './start-workflow.ts';
import { whenReady } from './when-ready.ts';

const OVER = refuse(
  'wrongState',
  'この手続きは終了しているか、見つかりません。画面を読み込み直してください。',
);
const ANOTHER = refuse(
  'stale',
  'この画面からは、別の内容がすでに送信されています。画面を読み込み直してください。',
);

/** A command younger than this may still be on its way with whoever gave it. */
const GRACE_MS = 10_000;
/** How long a sweep, or whoever stored a fact, waits for one answer. */
const PATIENCE_MS = 10_000;
/** How often a workflow that hears nothing for now is tried. */
const READY_EVERY_MS = 500;
const SWEPT_AT_ONCE = 200;
/** How many workflows a sweep waits for at a time: one that hears nothing holds up no other. */
const SWEPT_SIDE_BY_SIDE = 8;

/** Writes whatever the command tells of, in the transaction that stores the command. */
export type Write = (tx: Transaction) => Promise<void>;
/** Writes a fact for which a workflow begins, and gives it. */
export type Store<T> = (tx: Transaction) => Promise<T>;

/**
 * The one way from the console, the public pages and the command line to workflows. *A fact is a row first, then a
 * command*: a command is stored with its fact, sent, and noted as answered; one without an answer is sent again by
 * `sweep`, in order for each workflow, until there is one (docs/guarantees.md). Its id is the update's id, so that a
 * repeat runs once.
 */
export function createOutbox(
  db: Database,
  client: Client,
  carry: (row: CommandRow) => Promise<Answer> = (row) => carryToTemporal(client, row),
  now: () => Date = () => new Date(),
) {
  /** Sends one stored command and notes its answer. Throws when nobody answers. */
  async function deliver(row: CommandRow): Promise<Answer> {
    if (row.answer !== null) return row.answer;
    try {
      const answer = await whenReady(() => carry(row), { patienceMs: PATIENCE_MS, pauseMs: READY_EVERY_MS });
      await answerCommand(db, row.id, answer, now());
      return answer;
    } catch (error) {
      await noteTry(db, row.id, now());
      throw error;
    }
  }

  /** Sends a stored command after those that its workflow has yet to hear. */
  async function deliverInOrder(row: CommandRow): Promise<Answer> {
    if (row.answer !== null) return row.answer;
    let answer: Answer = OVER;
    for (const waiting of await unansweredUpTo(db, row)) answer = await deliver(waiting);
    return (await findCommand(db, row.id))?.answer ?? answer;
  }

  const patiently = (row: CommandRow): Promise<Answer> =>
    Promise.race([
      deliverInOrder(row),
      delay(PATIENCE_MS, null, { ref: false }).then(() => {
        throw new Error('nobody answers');
      }),
    ]);

  /** Sends what one workflow has yet to answer, in order, up to the first that nobody answers. Gives how many were answered. */
  async function sweepLane(rows: readonly CommandRow[]): Promise<number> {
    let answered = 0;
    for (const row of rows) {
      const heard = await patiently(row).then(
        () => true,
        () => false,
      );
      if (!heard) break;
      answered += 1;
    }
    return answered;
  }

  async function storeAndSend<A extends Answer>(command: NewCommand, write: Write): Promise<A | Refusal> {
    const isNew = await db.transaction(async (tx) => {
      const recorded = await recordCommand(tx, command);
      if (recorded) await write(tx);
      return recorded;
    });
    const row = await findCommand(db, command.commandId);
    if (row === null) throw new Error('a stored command is not there');
    if (!isNew && !isSame(row, command)) return ANOTHER;
    // What the server or the row holds under this id is the answer to this command.
    return (await deliverInOrder(row)) as A | Refusal;
  }

  return {
    db,
    client,

    /** Tells a workflow something and waits for its answer; one that is over or unknown refuses. */
    update: <A extends Answer, C extends Command>(
      workflowId: string,
      definition: UpdateDefinition<A, [C]>,
      command: C,
      write: Write = async () => undefined,
    ): Promise<A | Refusal> => {
      const { commandId, actor, ...carries } = command;
      const stored = { commandId, actor, workflowId, update: definition.name, carries, starts: null };
      return storeAndSend<A>(stored, write);
    },

    /**
     * A decision that takes effect in rows alone: written with its effect and its answer in one transaction, once for its
     * id. What is refused is noted as refused, without effect.
     */
    here: async <A extends Answer>(
      command: Command,
      write: Write,
      effect: (tx: Transaction) => Promise<A>,
    ): Promise<A> => {
      const { commandId, actor } = command;
      return db.transaction(async (tx) => {
        const stored = { commandId, actor, workflowId: '', update: null, carries: {}, starts: null };
        await recordCommand(tx, stored);
        await write(tx);
        const answer = await effect(tx);
        await answerCommand(tx, commandId, answer, now());
        return answer;
      });
    },

    /** Sends a stored command again where it has no answer yet, and gives the answer. */
    resume: (row: CommandRow): Promise<Answer> => deliverInOrder(row),

    /**
     * Stores a fact and, in the same transaction, the command to begin its workflow; then begins it. While Temporal is away
     * the fact stands, and `sweep` begins the workflow later. Null begins nothing.
     */
    async begin<T>(store: Store<T>, beginning: (stored: T) => Begin | null): Promise<T> {
      const { stored, command } = await db.transaction(async (tx) => {
        const fact = await store(tx);
        const begins = beginning(fact);
        const toSend = begins === null ? null : startCommand(begins);
        if (toSend !== null) await recordCommand(tx, toSend);
        return { stored: fact, command: toSend };
      });
      const row = command === null ? null : await findCommand(db, command.commandId);
      if (row !== null) await patiently(row).catch(later);
      return stored;
    },

    /** Sends again what has no answer as of an instant. Gives how many were tried and how many answered. */
    async sweep(asOf = now()): Promise<{ tried: number; answered: number }> {
      const before = new Date(asOf.getTime() - GRACE_MS);
      const rows = await unansweredSince(db, { before, now: asOf, limit: SWEPT_AT_ONCE });
      const waiting = grouped(rows, ({ workflowId }) => workflowId).values();
      let answered = 0;
      const sweepOnes = async (): Promise<void> => {
        for (const lane of waiting) answered += await sweepLane(lane);
      };
      await Promise.all(Array.from({ length: SWEPT_SIDE_BY_SIDE }, sweepOnes));
      return { tried: rows.length, answered };
    },
  };
}

export type Outbox = ReturnType<typeof createOutbox>;

/** A workflow to be begun for a fact. */
export interface Begin extends CommandStart {
  workflowId: string;
  actor: Command['actor'];
  /** Names the beginning where the workflow may begin more than once under its id. */
  commandId?: string;
}

function startCommand({ workflowId, actor, commandId, ...starts }: Begin): NewCommand {
  const id = commandId ?? `begin/${workflowId}`;
  return { commandId: id, actor, workflowId, update: null, carries: {}, starts };
}

/** The fact stands; the sweep begins what it asks for. */
const later = () => undefined;

function isSame(row: CommandRow, { workflowId, update, actor }: NewCommand): boolean {
  const sameActor = row.actor.kind === actor.kind && idOf(row.actor) === idOf(actor);
  return row.workflowId === workflowId && row.update === update && sameActor;
}

const idOf = (actor: Command['actor']): string => (actor.kind === 'staff' ? actor.id : '');

/** Takes a stored command to the Temporal server and brings the workflow's answer. */
async function carryToTemporal(client: Client, row: CommandRow): Promise<Answer> {
  const { workflowId, update, starts } = row;
  if (update === null) {
    if (starts !== null) await startWorkflow(client, workflowId, starts);
    return { ok: true };
  }
  const command = { ...row.carries, commandId: row.id, actor: row.actor };
  try {
    return await client.workflow
      .getHandle(workflowId)
      .executeUpdate<Answer, [object]>(update, { updateId: row.id, args: [command] });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError)) throw error;
    return answeredBefore(client, row);
  }
}

/** What a workflow that is over answered while it ran: the server keeps it for as long as it keeps the workflow. */
async function answeredBefore(client: Client, row: CommandRow): Promise<Answer> {
  try {
    return await client.workflow.getHandle(row.workflowId).getUpdateHandle<Answer>(row.id).result();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError) return OVER;
    throw error;
  }
}
