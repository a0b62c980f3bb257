import { randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import { openDatabase } from '../db/client.ts';
import { createStaff } from '../db/queries/staff/create.ts';
import { keysOf } from '../domain/base/keys.ts';
import { ROLE_LABELS, type StaffRole } from '../domain/desk/roles.ts';
import { databaseOption } from './audit.ts';

function rolesArgument(text: string): StaffRole[] {
  const roles = text.split(',').map((role) => role.trim());
  const known = roles.filter((role): role is StaffRole => keysOf(ROLE_LABELS).some((each) => each === role));
  if (known.length !== roles.length) {
    throw new InvalidArgumentError(`${keysOf(ROLE_LABELS).join('、')} をコンマで区切って指定してください。`);
  }
  return known;
}

/** Adds `staff add`: an account with a password that is shown once. */
export function registerStaff(program: Command): void {
  program
    .command('staff')
    .description('職員のアカウント')
    .command('add')
    .description('アカウントを作り、最初のパスワードを一度だけ表示します')
    .requiredOption('--email <ADDRESS>', 'メールアドレス')
    .requiredOption('--name <NAME>', '氏名')
    .requiredOption('--roles <ROLES>', '役割（コンマ区切り）', rolesArgument)
    .addOption(databaseOption())
    .action(
      async (
        options: { email: string; name: string; roles: StaffRole[]; database: string },
        command: Command,
      ) => {
        if (!/^\S+@\S+$/.test(options.email)) command.error('メールアドレスの形が正しくありません。');
        const { db, close } = openDatabase({ DATABASE_URL: options.database }, 1);
        try {
          const { email, name, roles } = options;
          const address = email.toLowerCase();
          if (
            (await db.query.staff.findFirst({ where: (t, { eq }) => eq(t.email, address) })) !== undefined
          ) {
            command.error(`${email} のアカウントはすでにあります。`);
          }
          const password = randomBytes(12).toString('base64url');
          await createStaff(db, { email, name, roles, password, sample: false }, 'cli');
          console.log(`${email} のパスワード（この一度だけ表示します）：${password}`);
        } finally {
          await close();
        }
      },
    );
}
