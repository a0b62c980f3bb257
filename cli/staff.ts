import { randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import { type Database, openDatabase } from '../db/client.ts';
import { changeStaff, type StaffChange } from '../db/queries/staff/change.ts';
import { createStaff } from '../db/queries/staff/create.ts';
import { keysOf } from '../domain/base/keys.ts';
import { rolesProblem } from '../domain/desk/accounts.ts';
import { ROLE_LABELS, type StaffRole } from '../domain/desk/roles.ts';
import { databaseOption } from './audit.ts';

interface Account {
  email: string;
  database: string;
}

function rolesArgument(text: string): StaffRole[] {
  const roles = text.split(',').map((role) => role.trim());
  const known = roles.filter((role): role is StaffRole => keysOf(ROLE_LABELS).some((each) => each === role));
  if (known.length !== roles.length) {
    throw new InvalidArgumentError(`${keysOf(ROLE_LABELS).join('、')} をコンマで区切って指定してください。`);
  }
  const problem = rolesProblem(known);
  if (problem !== null) throw new InvalidArgumentError(problem);
  return known;
}

const newPassword = (): string => randomBytes(12).toString('base64url');
const shown = (email: string, password: string): string =>
  `${email} のパスワード（この一度だけ表示します）：${password}`;

/** Adds `staff`: accounts, and everything that ends the sessions of their person. */
export function registerStaff(program: Command): void {
  const staff = program.command('staff').description('職員のアカウント');
  const account = (name: string, description: string): Command =>
    staff
      .command(name)
      .description(description)
      .requiredOption('--email <ADDRESS>', 'メールアドレス')
      .addOption(databaseOption());

  account('add', 'アカウントを作り、最初のパスワードを一度だけ表示します')
    .requiredOption('--name <NAME>', '氏名')
    .requiredOption('--roles <ROLES>', '役割（コンマ区切り）', rolesArgument)
    .action(async (options: Account & { name: string; roles: StaffRole[] }, command: Command) => {
      if (!/^\S+@\S+$/.test(options.email)) command.error('メールアドレスの形が正しくありません。');
      await within(options, async (db) => {
        const { email, name, roles } = options;
        const address = email.toLowerCase();
        if ((await db.query.staff.findFirst({ where: (t, { eq }) => eq(t.email, address) })) !== undefined) {
          command.error(`${email} のアカウントはすでにあります。`);
        }
        const password = newPassword();
        await createStaff(db, { email, name, roles, password, sample: false }, 'cli');
        console.log(shown(email, password));
      });
    });

  account('password', '新しいパスワードを作って一度だけ表示し、サインインをすべて終わらせます').action(
    async (options: Account, command: Command) => {
      const password = newPassword();
      await apply(options, command, { kind: 'password', password });
      console.log(shown(options.email, password));
    },
  );

  account('roles', '役割を変更し、サインインをすべて終わらせます')
    .requiredOption('--roles <ROLES>', '新しい役割（コンマ区切り）', rolesArgument)
    .action((options: Account & { roles: StaffRole[] }, command: Command) =>
      apply(options, command, { kind: 'roles', roles: options.roles }),
    );

  account('disable', 'アカウントを停止し、サインインをすべて終わらせます').action(
    (options: Account, command: Command) => apply(options, command, { kind: 'disable' }),
  );
  account('enable', 'アカウントの停止を解除します').action((options: Account, command: Command) =>
    apply(options, command, { kind: 'enable' }),
  );
  account('sign-out', 'サインインをすべて終わらせます').action((options: Account, command: Command) =>
    apply(options, command, { kind: 'endSessions' }),
  );
}

async function apply(options: Account, command: Command, change: StaffChange): Promise<void> {
  const { email } = options;
  const changed = await within(options, (db) =>
    changeStaff(db, { email }, change, { actor: 'cli', now: new Date() }),
  );
  if (!changed.ok) command.error(`${email}：${changed.message}`);
  console.log(`${options.email}：変更しました（終了したサインイン ${changed.endedSessions}件）。`);
}

async function within<T>({ database }: Account, work: (db: Database) => Promise<T>): Promise<T> {
  const { db, close } = openDatabase({ DATABASE_URL: database }, 1);
  try {
    return await work(db);
  } finally {
    await close();
  }
}
