import type { Reporter, TestModule } from 'vitest/node';

/** Prints the counts as the very last line: `Tests: 12 passed, 0 failed`. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    // A file that could not be loaded, or an error outside of every test, is a failure that no test shows.
    const outside = modules.filter(
      (module) => module.state() === 'failed' && ![...module.children.allTests('failed')].length,
    );
    const count = (state: string) => states.filter((each) => each === state).length;
    const failed = count('failed') + outside.length + unhandledErrors.length;
    const skipped = count('skipped') + count('pending');
    const line = `Tests: ${count('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
    process.once('exit', () =>
      console.log(process.env.HASSO_CHECK_FAILED ? `The check failed (see above).\n${line}` : line),
    );
  }
}
