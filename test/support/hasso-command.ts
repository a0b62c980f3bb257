import { Command } from 'commander';
import { afterEach, beforeEach, vi } from 'vitest';

/**
 * Runs commands of `hasso` within a test, with the settings of each test as `settings` gives them: `run` gives what a command said, on
 * whichever stream, and throws what it refuses; `said` is that of the last one, refused or not.
 */
export function hassoCommand(
  register: (program: Command) => void,
  settings: () => Readonly<Record<string, string>>,
): { run: (...args: string[]) => Promise<string>; said: () => string } {
  let output = '';
  beforeEach(() => {
    for (const [name, value] of Object.entries(settings())) vi.stubEnv(name, value);
    const collect = (text: string | Uint8Array) => {
      output += String(text);
      return true;
    };
    vi.spyOn(process.stdout, 'write').mockImplementation(collect);
    vi.spyOn(process.stderr, 'write').mockImplementation(collect);
    vi.spyOn(console, 'log').mockImplementation((line: string) => void collect(`${line}\n`));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
  return {
    run: async (...args) => {
      output = '';
      const program = new Command('hasso').exitOverride();
      register(program);
      for (const command of program.commands.flatMap((each) => [each, ...each.commands])) {
        command.exitOverride();
      }
      await program.parseAsync(args, { from: 'user' });
      return output;
    },
    said: () => output,
  };
}
