import pino from 'pino';
import { safeError } from './domain/base/safe-error.ts';

/** The log of a process, to standard output. Errors by class, code and place: their messages may quote what they were about. */
export function openLog(name: string, level: string): pino.Logger {
  return pino({ name, level, serializers: { err: safeError } });
}
