// Runs on Node 20 before any package is installed: built-ins only.

/** `1 min 5 s`, `12 s`. */
export function elapsedText(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * Says on stderr what is going on once it has taken `afterMs` (2,000): one line that counts on a terminal, a line
 * every 30 seconds elsewhere. What is over sooner prints nothing.
 */
export function startProgress(label, { out = process.stderr, afterMs = 2000 } = {}) {
  const startedAt = Date.now();
  const terminal = Boolean(out.isTTY);
  let shown = false;
  let nextLineMs = afterMs;
  const timer = setInterval(
    () => {
      const ms = Date.now() - startedAt;
      if (ms < nextLineMs - 50) return;
      nextLineMs = terminal ? ms + 1000 : shown ? ms + 30_000 : 30_000;
      if (terminal) out.write(`\r\x1b[K${label} … ${elapsedText(ms)}`);
      else out.write(shown ? `${label} … ${elapsedText(ms)}\n` : `${label} …\n`);
      shown = true;
    },
    Math.min(afterMs, 1000),
  );
  timer.unref();
  return {
    /** Ends it; `outcome` completes the line. */
    end(outcome = 'done') {
      clearInterval(timer);
      if (shown)
        out.write(
          `${terminal ? '\r\x1b[K' : ''}${label}: ${outcome} (${elapsedText(Date.now() - startedAt)})\n`,
        );
    },
  };
}

/** Runs `work` under a progress line. */
export async function withProgress(label, work, options) {
  const progress = startProgress(label, options);
  try {
    const result = await work();
    progress.end();
    return result;
  } catch (error) {
    progress.end('failed');
    throw error;
  }
}
