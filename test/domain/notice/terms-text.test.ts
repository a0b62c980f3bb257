import { describe, expect, test } from 'vitest';
import { articleOf, joinPrintedLines, paragraphsOf } from '../../../domain/notice/terms-text.ts';

describe('paragraphs of terms', () => {
  test('a sentence that a printed page breaks is one paragraph; articles and items begin their own', () => {
    const page = [
      '第1条（目的）',
      '本規約は、利用条件を',
      '定めます。',
      '2. 第二項は',
      '次のとおり',
      '① 一つ目',
      '② 二つ目',
    ];
    expect(joinPrintedLines(page.join('\n'))).toEqual([
      '第1条（目的）',
      '本規約は、利用条件を定めます。',
      '2. 第二項は次のとおり',
      '① 一つ目',
      '② 二つ目',
    ]);
  });

  test('Latin words keep the space at the end of a line', () => {
    expect(joinPrintedLines('uses Twilio\nVoice here')).toEqual(['uses Twilio Voice here']);
  });

  test('empty lines and doubled spaces say nothing', () => {
    expect(paragraphsOf('　一\n\n 二　 三 ')).toEqual(['一', '二 三']);
  });

  test('the article of a paragraph is its number', () => {
    expect(articleOf('第12条（守秘）')).toBe('第12条');
    expect(articleOf('第一条　目的')).toBe('第一条');
    expect(articleOf('前条の第12条')).toBeNull();
  });
});
