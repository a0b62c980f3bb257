/**
 * Health check of a container: exit code 0 when the process answers at `http://127.0.0.1:PORT/PATH`, given as arguments, within
 * five seconds: a process that hangs does not. Runs on Node alone, without the loader.
 */
const [port = '', path = 'healthz'] = process.argv.slice(2);
try {
  const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { signal: AbortSignal.timeout(5_000) });
  if (!answer.ok) console.error(await answer.text());
  process.exit(answer.ok ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

export {};
