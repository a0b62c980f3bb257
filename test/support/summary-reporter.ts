import type { Reporter, TestModule } from 'vitest/node';

/** Prints the counts as the very last line: `Tests: 12 passed, 0 failed`. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const count = (state: string) => states.filter((each) => each === state).length;
    const skipped = count('skipped') + count('pending');
    process.once('exit', (code) => {
      // What fails outside of every test (a file that does not load, a stack that does not start) is one failure too.
      const failed = count('failed') || (code === 0 ? 0 : 1);
      if (process.env.HASSO_CHECK_FAILED) console.log('The check failed: its output is at the top.');
      console.log(
        `Tests: ${count('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
      );
    });
  }
}
