// A process of its own, with bounded memory (run.ts): takes one job as a message, answers and ends.
import { readPdf } from './pdf.mjs';
import { tiffPage } from './tiff.mjs';

process.once('message', (job) => {
  void work(job)
    .catch(() => null)
    .then((answer) => process.send?.(answer, () => process.exit()));
});

/** @param {import('./run.ts').BoundedJob} job */
async function work(job) {
  return job.task === 'pdf' ? readPdf(job.bytes) : tiffPage(job.bytes, job.page);
}
