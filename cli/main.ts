import { Command } from 'commander';
import { registerAudit } from './audit.ts';
import { registerClock } from './clock.ts';
import { useRunningStack } from './environment.ts';
import { registerWhatIf } from './what-if.ts';

useRunningStack();

const program = new Command('hasso').description('Hasso 運用管理のコマンド');
registerWhatIf(program);
registerClock(program);
registerAudit(program);

await program.parseAsync();
