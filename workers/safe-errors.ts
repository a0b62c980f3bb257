import { CompleteAsyncError } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { OWN_FAILURES } from '../domain/base/failures.ts';
import { safeError, safeErrorLine } from '../domain/base/safe-error.ts';

/**
 * Every error of an activity on its way into a history or a log: our own failures by their message (which quotes ids only),
 * everything else by class, code and place. A database error quotes the values of its query, a mail server the address; a
 * history keeps that for ever (第22条6項).
 */
export const safeErrors: ActivityInterceptorsFactory = () => ({
  inbound: {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        throw withoutValues(error);
      }
    },
  },
});

function withoutValues(error: unknown): unknown {
  if (error instanceof CancelledFailure || error instanceof CompleteAsyncError) return error;
  if (error instanceof ApplicationFailure && OWN_FAILURES.some((type) => type === error.type)) {
    const { message, nonRetryable } = error;
    return withFrames(
      ApplicationFailure.create({ message, type: error.type ?? '', nonRetryable: nonRetryable ?? false }),
      error,
    );
  }
  return withFrames(
    ApplicationFailure.create({ message: safeErrorLine(error), type: safeError(error).type }),
    error,
  );
}

function withFrames(failure: ApplicationFailure, error: unknown): ApplicationFailure {
  failure.stack = `${failure.name}: ${failure.message}\n${safeError(error).frames}`;
  return failure;
}
