/** Health check of the web container: exit code 0 when it answers. */
const answer = await fetch(`http://127.0.0.1:${process.env.WEB_PORT}/healthz`, {
  signal: AbortSignal.timeout(5_000),
});
process.exit(answer.ok ? 0 : 1);

export {};
