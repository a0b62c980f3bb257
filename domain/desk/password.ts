import { characterCount } from '../application/text.ts';

const SHORTEST = 12;
const LONGEST = 200;
const DIFFERENT = 5;

export const PASSWORD_HINT = `${SHORTEST}文字以上${LONGEST}文字まで。文字の種類は問いません。長い文や、パスワード管理ソフトの作るものをおすすめします。`;

/**
 * What is wrong with a password that somebody chooses, in a sentence, or null. Length counts, not kinds of characters; what everybody
 * would try first (the person's own address, a few characters repeated) is no password.
 */
export function passwordProblem(password: string, email: string): string | null {
  const length = characterCount(password);
  if (length < SHORTEST || length > LONGEST) {
    return `パスワードは${SHORTEST}文字以上${LONGEST}文字以内で入力してください。`;
  }
  const plain = password.toLowerCase();
  const [name = ''] = email.toLowerCase().split('@');
  if (plain.includes(email.toLowerCase()) || (name.length >= 4 && plain.includes(name))) {
    return 'メールアドレスを含まないパスワードにしてください。';
  }
  if (new Set(plain).size < DIFFERENT) {
    return '同じ文字の繰り返しではないパスワードにしてください。';
  }
  return null;
}
