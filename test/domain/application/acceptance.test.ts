import { describe, expect, test } from 'vitest';
import {
  acceptanceBlock,
  type FindingStatus,
  type FindingSummary,
  type Ground,
} from '../../../domain/application/application.ts';

const finding = (ground: Ground, status: FindingStatus, outcome: FindingSummary['outcome'] = 'hit') => ({
  id: `${ground}/${status}/${outcome}`,
  ground,
  outcome,
  status,
});

const ANTI_SOCIAL = /反社会的勢力/;
const UNDECIDED = /判断していない一致/;

/** 第4条4項: screening never decides; a confirmed anti-social hit can be accepted by nobody. */
describe('what keeps an application from being accepted', () => {
  test('nothing without findings', () => {
    expect(acceptanceBlock([])).toBeNull();
  });

  test.each([
    [1, 'open', UNDECIDED],
    [1, 'confirmed', null],
    [1, 'released', null],
    [2, 'open', UNDECIDED],
    [2, 'confirmed', null],
    [2, 'released', null],
    [3, 'open', UNDECIDED],
    [3, 'confirmed', ANTI_SOCIAL],
    [3, 'released', null],
    [4, 'open', UNDECIDED],
    [4, 'confirmed', null],
    [4, 'released', null],
  ] as const)('a hit on ground %i that is %s', (ground, status, block) => {
    const found = acceptanceBlock([finding(ground, status)]);
    if (block === null) expect(found).toBeNull();
    else expect(found).toMatch(block);
  });

  test('a doubt waits for a person like a hit; a note does not', () => {
    expect(acceptanceBlock([finding(2, 'open', 'review')])).toMatch(UNDECIDED);
    expect(acceptanceBlock([finding(1, 'open', 'note')])).toBeNull();
  });

  test('an anti-social doubt that was confirmed blocks as a hit does, among whatever else was found', () => {
    const others = [finding(1, 'released'), finding(2, 'confirmed'), finding(2, 'open')];
    for (const outcome of ['hit', 'review', 'note'] as const) {
      expect(acceptanceBlock([...others, finding(3, 'confirmed', outcome)])).toMatch(ANTI_SOCIAL);
    }
  });

  test('one open hit among decided ones is enough to wait', () => {
    expect(acceptanceBlock([finding(3, 'released'), finding(2, 'open'), finding(2, 'released')])).toMatch(
      UNDECIDED,
    );
  });
});
