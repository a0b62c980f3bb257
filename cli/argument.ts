import { InvalidArgumentError } from 'commander';
import { InvalidValueError } from '../domain/base/invalid-value.ts';

/** An argument of a command by one of the rules' own readers: what it cannot read is told in its words. */
export function argument<T>(parse: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      throw error instanceof InvalidValueError ? new InvalidArgumentError(error.message) : error;
    }
  };
}
