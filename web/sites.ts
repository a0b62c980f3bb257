import { type AppOptions, createApp } from './app.tsx';

type Fetch = ReturnType<typeof createApp>['fetch'];

/** What one port answers. */
export interface Site {
  port: number;
  fetch: Fetch;
}

/**
 * The ports of the web process. The console stands beside the public pages; or on a port of its own (CONSOLE_PORT), which a
 * firewall can close to the world; or on the same port under a host of its own (CONSOLE_URL), which a proxy can.
 */
export function sitesOf(
  options: AppOptions,
  ports: { WEB_PORT: number; CONSOLE_PORT?: number | undefined },
): Site[] {
  const { WEB_PORT: port, CONSOLE_PORT: consolePort } = ports;
  const { WEB_URL, CONSOLE_URL } = options.config;
  if (consolePort !== undefined) {
    return [
      { port, fetch: createApp(options, 'public').fetch },
      { port: consolePort, fetch: createApp(options, 'console').fetch },
    ];
  }
  const consoleHost = new URL(CONSOLE_URL ?? WEB_URL).host;
  if (consoleHost === new URL(WEB_URL).host) return [{ port, fetch: createApp(options).fetch }];
  const [open, closed] = [createApp(options, 'public'), createApp(options, 'console')];
  const fetch: Fetch = (request, ...rest) =>
    (new URL(request.url).host === consoleHost ? closed : open).fetch(request, ...rest);
  return [{ port, fetch }];
}
