// Runs on Node 20 before any package is installed: built-ins only.
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * What tells one process from a later one with the same id: its start time (and, on Linux, the boot).
 * Undefined when no such process runs.
 */
export function processIdentity(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // A process that was ended keeps its ports until the last of its threads is gone.
      const threads = Number(fields[17]);
      if ((fields[0] === 'Z' || fields[0] === 'X') && threads <= 1) return undefined;
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return undefined;
  }
  if (process.platform === 'win32') return 'running';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** The process that holds the lock, or undefined when nobody does or its holder is dead. */
export function lockHolder(path) {
  let holder;
  try {
    holder = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  return processIdentity(holder.pid) === holder.identity ? holder : undefined;
}

/**
 * Takes the lock at once, also from a dead holder. Returns a function that releases it, or undefined when a
 * living process holds it.
 */
export function tryLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) }));
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        // A hard link appears with its whole content or not at all.
        linkSync(own, path);
        return () => rmSync(path, { force: true });
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      if (lockHolder(path)) return undefined;
      moveStaleAway(path, `${own}.stale`);
    }
    return undefined;
  } finally {
    rmSync(own, { force: true });
  }
}

// Two processes may both see a dead holder: whoever moved a living one's lock away puts it back.
function moveStaleAway(path, aside) {
  try {
    renameSync(path, aside);
    if (lockHolder(aside)) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Waits for the lock, calling onWait once if another process holds it, and returns the function that releases it. */
export async function waitForLock(path, onWait) {
  for (let told = false; ; told = true) {
    const release = tryLock(path);
    if (release) return release;
    if (!told) onWait(lockHolder(path)?.pid);
    await delay(300);
  }
}
