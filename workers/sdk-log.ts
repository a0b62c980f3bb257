import { DefaultLogger, type LogLevel } from '@temporalio/worker';
import type pino from 'pino';
import { safeError } from '../domain/base/safe-error.ts';

const LEVELS = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<LogLevel, string>;

/** The lines of Temporal's SDK in the log of the process, in its form: plain values, and errors by class, code and place. */
export function sdkLogger(log: pino.Logger): DefaultLogger {
  const sdk = log.child({ from: 'temporal-sdk' });
  return new DefaultLogger('INFO', ({ level, message, meta }) =>
    sdk[LEVELS[level]](plain(meta ?? {}), message),
  );
}

function plain(meta: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(meta).flatMap(([name, value]) => {
      if (value instanceof Error) return [[name, safeError(value)]];
      return ['string', 'number', 'boolean'].includes(typeof value) ? [[name, value]] : [];
    }),
  );
}
