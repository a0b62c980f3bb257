import { Command } from 'commander';

/** Every subcommand registers itself from a file of its own; what a command imports is loaded only when it runs. */
const program = new Command('hasso').description(
  'Back office of the Hasso visual-IVR service (運用管理コマンド)',
);

await program.parseAsync();
