import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';

/**
 * Holds the first transaction that writes each audit entry of these kinds about a subject, or that its mail was taken, so that a
 * test can kill the worker at exactly that point: what the step did outside the database is done, and nobody knows. The
 * triggers are in the test's own database; nothing of it is in the program.
 */
export async function heldSteps(
  env: Record<string, string>,
  watched: { subjectId: string; actions: string; mailKind?: string },
) {
  const open = (url: string | undefined) => postgres(url ?? '', { max: 1, onnotice: () => undefined });
  const [owner, app] = [open(env.DATABASE_OWNER_URL), open(env.DATABASE_URL)];
  const LOCK = 4711;
  await owner.unsafe(`
    create table passed_steps (action text primary key);
    create function hold_step() returns trigger language plpgsql security definer as $$
    declare
      step text := coalesce(to_jsonb(new)->>'action', 'mail.' || (to_jsonb(new)->>'kind'));
    begin
      if not exists (select from passed_steps where action = step) then
        -- Shown beside the waiting connection.
        perform set_config('application_name', 'held ' || step, true);
        perform pg_advisory_xact_lock_shared(${LOCK});
      end if;
      return new;
    end $$;
    create trigger hold_step before insert on audit_entries for each row
      when (new.subject_id = '${watched.subjectId}' and new.action like '${watched.actions}')
      execute function hold_step();
    create trigger hold_mail before update on mails for each row
      when (new.subject_id = '${watched.subjectId}' and new.kind = '${watched.mailKind ?? ''}' and new.status = 'accepted')
      execute function hold_step();
    select pg_advisory_lock(${LOCK});`);

  return {
    /** Kills whoever is held, at each step once, until `done`; the actions in the order in which they were held. */
    async killAtEach(kill: () => void, done: () => boolean): Promise<string[]> {
      const killed: string[] = [];
      for (; !done(); await delay(20)) {
        const [held] = await app<{ pid: number; action: string }[]>`
          select pid, substr(application_name, 6) as action from pg_stat_activity
          where application_name like 'held %' and wait_event = 'advisory'`;
        if (held === undefined) continue;
        kill();
        // A second attempt may have been held at the same step before the first was killed.
        await owner`insert into passed_steps values (${held.action}) on conflict do nothing`;
        // The server would see only later that its client is dead; seen once more, it would be a step once more.
        await app`select pg_terminate_backend(${held.pid}, 60000)`;
        if (!killed.includes(held.action)) killed.push(held.action);
      }
      return killed;
    },
    async close(): Promise<void> {
      await Promise.all([owner.end(), app.end()]);
    },
  };
}
