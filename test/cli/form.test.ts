import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkFormLine } from '../../cli/form.ts';

const ENTRY = `
  import { Command } from 'commander';
  import { registerForm } from './cli/form.ts';
  const program = new Command('hasso');
  registerForm(program);
  program.parseAsync();
`;

type Run = { status: number; stdout: string; stderr: string };

function run(args: string[], input: string | Uint8Array): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', '--input-type=module-typescript', '--eval', ENTRY, 'form', 'check', ...args],
      { cwd: fileURLToPath(new URL('../..', import.meta.url)) },
      (error, stdout, stderr) =>
        resolve({ status: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

describe('a dry run of the application form', { timeout: 60_000 }, () => {
  it('answers each line with what would be stored or what is wrong by field, and needs no server', async () => {
    const lines = [
      '{"id":"a","phone":"０３（１２３４）５６７８","licences":"１２"}',
      '{"id":9007199254740993,"companyKana":"空"}',
      'nonsense',
      '{"phone":["03"]}',
    ];
    const { status, stdout } = await run(['--json'], lines.join('\n'));
    expect(stdout.split('\n').filter((line) => line !== '')).toEqual([
      '{"id":"a","stored":{"phone":"03-1234-5678","licences":12}}',
      expect.stringMatching(/^\{"id":9007199254740993,"errors":\{"companyKana":".*「空」.*"\}\}$/),
      '{"id":null,"error":"3行目：JSONとして読めません。"}',
      '{"id":null,"error":"4行目：「phone」は文字列で指定してください。"}',
    ]);
    expect(status).toBe(1);
  });

  it('says it in words without --json, and reads Shift_JIS', async () => {
    const sjis = Uint8Array.from([...Buffer.from('{"companyName":"'), 0x8b, 0xf3, ...Buffer.from('"}\n')]);
    const { status, stdout } = await run([], sjis);
    expect(stdout).toContain('1件目：受け付けます。');
    expect(stdout).toContain('companyName："空"');
    expect(status).toBe(0);
  });
});

describe('one line', () => {
  it('is checked by the fields that it has, or as a whole form', () => {
    expect(checkFormLine({ postalCode: '1000005' }, false)).toEqual({ stored: { postalCode: '100-0005' } });
    const whole = checkFormLine({ postalCode: '1000005' }, true);
    expect('errors' in whole && Object.keys(whole.errors)).toEqual(
      expect.arrayContaining(['companyName', 'phone', 'usedInJapanOnly', 'licences']),
    );
  });

  it('takes ticks and quantities as the form posts them', () => {
    expect(
      checkFormLine(
        { usedInJapanOnly: true, 'option.sms': '２', licences: 3, contractKind: 'annual' },
        false,
      ),
    ).toEqual({
      stored: {
        usedInJapanOnly: true,
        contractKind: 'annual',
        options: [{ code: 'sms', quantity: 2 }],
        licences: 3,
      },
    });
    expect(checkFormLine({ 'option.sms': '二', licences: '多数' }, false)).toMatchObject({
      errors: { options: expect.any(String), licences: expect.any(String) },
    });
  });

  it('names fields that no form has', () => {
    expect(checkFormLine({ companyname: '株式会社あい' }, false)).toMatchObject({
      errors: { companyname: expect.stringContaining('申込フォームにありません') },
    });
  });

  it('does not repeat a My Number', () => {
    const answer = JSON.stringify(checkFormLine({ officersText: '佐藤花子、123456789018' }, false));
    expect(answer).toContain('個人番号');
    expect(answer).not.toContain('123456789018');
  });
});
