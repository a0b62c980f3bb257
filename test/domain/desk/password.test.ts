import { expect, test } from 'vitest';
import { passwordProblem } from '../../../domain/desk/password.ts';

const EMAIL = 'tanaka.hanako@hasso.example';

test.each([
  ['correct horse battery', null],
  ['あおばのさくらはことしもさいた', null],
  ['short-word1', '12文字以上'],
  ['x'.repeat(201), '200文字以内'],
  ['aaaaaaaaaaaaaaaa', '繰り返し'],
  ['abababababababab', '繰り返し'],
  ['Tanaka.Hanako-2026', 'メールアドレスを含まない'],
  [`my ${EMAIL}`, 'メールアドレスを含まない'],
] as const)('%s', (password, problem) => {
  const found = passwordProblem(password, EMAIL);
  if (problem === null) expect(found).toBeNull();
  else expect(found).toContain(problem);
});
