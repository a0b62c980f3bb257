import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rootDir } from '../../dev/paths.ts';
import { importsOf, sourceFiles } from './imports.ts';

/** Who tells or does something about a contract's future, and where (第5条, 第8条, 第10条, 第16条). */
const READERS: Readonly<Record<string, readonly string[]>> = {
  'what-if': ['domain/ending/what-if.ts'],
  strip: ['domain/future/calendar-strip.ts', 'web/staff/contract/calendar-panel.tsx'],
  reminders: ['domain/future/dues.ts', 'activities/mail/contract-mail.ts'],
  tasks: ['workflows/contract/tasks.ts'],
  renewal: ['domain/future/dues.ts', 'workflows/contract/dues.ts', 'web/staff/contract/live-panel.tsx'],
  discontinuation: [
    'domain/discontinuation/discontinuation-plan.ts',
    'db/queries/discontinuation/planned-contracts.ts',
  ],
  mails: ['activities/mail/contract-mail.ts', 'activities/mail/change-mail.ts'],
  certificate: ['db/queries/certificate/gather.ts', 'db/queries/certificate/preview.ts'],
  'fee changes': ['db/queries/fee-change/record.ts', 'db/queries/read/fee-change-reach.ts'],
  billing: ['domain/billing/contract-facts.ts', 'db/queries/billing/facts.ts'],
  answers: ['workflows/contract/sequence.ts', 'web/staff/contract/requests/change-outlook.ts'],
};

/** Where the one projection stands, and where rows become its facts. */
const PROJECTION = /^(domain\/future|db\/queries\/future)\//;

/** What computes a period from one basis alone, so that it knows nothing of a pending change of kind. */
const BASIS_ONLY = /\b(periodAt|periodContaining|currentPeriod|contractPeriod|recordedBasis)\b/;
/** The rules under the projection, cases without a contract, and runs from before there was one. */
const MAY = [
  /^domain\/(period|future|change)\//,
  /^domain\/cases\//,
  /^db\/queries\/future\/assemble\.ts$/,
  /^workflows\/contract\/(earlier\/|dues\.ts$)/,
];

const ROOMS = /^(domain|workflows|db|activities|templates|web|gateway|cli)\//;

describe('one projection of a contract’s future', () => {
  test.each(Object.entries(READERS))('%s reads it', (_, files) => {
    for (const file of files) {
      const used = importsOf(file).filter(({ to }) => PROJECTION.test(to));
      expect(
        used.map(({ to }) => to),
        file,
      ).not.toEqual([]);
    }
  });

  test('nobody else computes periods from a basis alone', () => {
    const wrong = sourceFiles().filter(
      (file) =>
        ROOMS.test(file) &&
        !MAY.some((allowed) => allowed.test(file)) &&
        BASIS_ONLY.test(readFileSync(join(rootDir, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  test('nobody overlays a request on what is contracted but the projection, and the day on which it takes effect', () => {
    const overlays = sourceFiles().filter(
      (file) => ROOMS.test(file) && /\balter\(/.test(readFileSync(join(rootDir, file), 'utf8')),
    );
    expect(overlays.toSorted()).toEqual([
      'activities/mail/change-mail.ts',
      'db/queries/contract/apply-change.ts',
      'db/queries/request/change-facts.ts',
      'domain/future/contents.ts',
      'domain/future/facts.ts',
      'domain/future/known-contents.ts',
      'domain/future/sequence.ts',
      'workflows/contract/dues.ts',
    ]);
  });
});
