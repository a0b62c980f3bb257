import '../utc.ts';
import { Command } from 'commander';
import { registerArchive } from './archive.ts';
import { registerAudit } from './audit.ts';
import { registerBilling } from './billing.ts';
import { registerClock } from './clock.ts';
import { registerDeletion } from './deletion.ts';
import { registerDiscontinuation } from './discontinuation.ts';
import { registerDoctor } from './doctor.ts';
import { useCommandSettings } from './environment.ts';
import { registerEvidence } from './evidence.ts';
import { registerForm } from './form.ts';
import { registerLists } from './lists.ts';
import { registerMail } from './mail.ts';
import { registerOffer } from './offer.ts';
import { registerPayments } from './payments.ts';
import { registerPostal } from './postal.ts';
import { registerReconcile } from './reconcile.ts';
import { registerScreen } from './screen.ts';
import { registerSearch } from './search.ts';
import { registerSimulate } from './simulate.ts';
import { registerStaff } from './staff.ts';
import { registerUpload } from './upload.ts';
import { registerWatch } from './watch.ts';
import { registerWhatIf } from './what-if.ts';

// A reader that has enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
useCommandSettings();

const program = new Command('hasso').description('Hasso 運用管理のコマンド');
registerWhatIf(program);
registerScreen(program);
registerForm(program);
registerWatch(program);
registerSearch(program);
registerLists(program);
registerMail(program);
registerBilling(program);
registerPayments(program);
registerClock(program);
registerAudit(program);
registerReconcile(program);
registerDoctor(program);
registerDeletion(program);
registerEvidence(program);
registerArchive(program);
registerDiscontinuation(program);
registerStaff(program);
registerOffer(program);
registerPostal(program);
registerUpload(program);
registerSimulate(program);

await program.parseAsync();
