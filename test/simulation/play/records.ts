import { type EnteredContactChange, enterContactChange } from '../../../db/queries/contact/changes.ts';
import { registeredContact } from '../../../db/queries/contact/registered.ts';
import { type EnteredCustomerChange, enterCustomerChange } from '../../../db/queries/customer/changes.ts';
import { registeredCustomer } from '../../../db/queries/customer/registered.ts';
import { findOpenTask } from '../../../db/queries/task/find.ts';
import { contactChangeWorkflowId } from '../../../workflows/contact-change/messages.ts';
import { customerChangeWorkflowId } from '../../../workflows/customer-change/messages.ts';
import type { CommandOf } from '../lines.ts';
import { decide } from './decide.ts';
import { asked, type Giving, moveOwn, overAgain } from './giving.ts';
import { idOf } from './office.ts';

/** The customer is called otherwise, or lives elsewhere: typed in with its evidence (第5条1項). */
export async function changeCustomer(
  { office, subject }: Giving,
  { id, by, values: { name, address } }: CommandOf<'changeCustomer'>,
): Promise<void> {
  const { contractId, live } = subject;
  if (contractId === null || !live) return;
  const registered = await registeredCustomer(office.db, contractId);
  if (registered === null) return;
  const [changeId, enteredBy] = [idOf(id), idOf(by)];
  const values = {
    ...registered.values,
    ...(name === undefined ? {} : { companyName: name }),
    ...(address === undefined ? {} : { address }),
  };
  const entry = { changeId, contractId, enteredBy, values, reason: '届出', storageKey: '' };
  const input = { changeId, contractId, enteredBy, decided: false, sandbox: true };
  const entered = await office.delivery.changeCustomer<EnteredCustomerChange>(
    (tx) => enterCustomerChange(tx, entry),
    (stored) => ('change' in stored ? input : null),
  );
  if ('change' in entered) await asked(office, { subjectId: contractId, kind: 'customerChange' });
}

/** Mails go to another address (第12条2項). */
export async function changeContact(
  { office, subject }: Giving,
  { id, by, email }: CommandOf<'changeContact'>,
): Promise<void> {
  const { contractId, live } = subject;
  if (contractId === null || !live) return;
  const about = { subjectType: 'contract' as const, subjectId: contractId };
  const registered = await registeredContact(office.db, about);
  if (registered === null) return;
  const [changeId, enteredBy] = [idOf(id), idOf(by)];
  const entry = { changeId, ...about, enteredBy, reason: '届出', contact: { ...registered.contact, email } };
  const input = { changeId, ...about, enteredBy, needsSecond: true, sandbox: true };
  const entered = await office.delivery.changeContact<EnteredContactChange>(
    (tx) => enterContactChange(tx, entry),
    (stored) => ('change' in stored ? input : null),
  );
  if ('change' in entered) await asked(office, { subjectId: contractId, kind: 'contactChange' });
}

/** The second person about either of the two. */
export async function decideRecord(
  giving: Giving,
  command: CommandOf<'decideCustomer' | 'decideContact'>,
): Promise<void> {
  const { office, subject } = giving;
  const { contractId, live } = subject;
  if (contractId === null || !live) return;
  const changeId = idOf(command.change);
  const ofCustomer = command.kind === 'decideCustomer';
  const stage = ofCustomer ? 'customerChange' : 'contactChange';
  const workflowId = (ofCustomer ? customerChangeWorkflowId : contactChangeWorkflowId)(changeId);
  const change = await (ofCustomer
    ? office.db.query.customerChanges.findFirst({ where: (t, { eq }) => eq(t.id, changeId) })
    : office.db.query.contactChanges.findFirst({ where: (t, { eq }) => eq(t.id, changeId) }));
  const task = await findOpenTask(office.db, { subjectId: contractId, kind: stage });
  if (change?.status !== 'waiting' || task === null) return overAgain(office, workflowId);
  await moveOwn(giving, workflowId);
  const { verdict } = command;
  const answer = await decide(
    giving,
    command,
    { taskId: task.id, stage },
    ({ decisionId: _, ...sent }, write) => {
      const decision = { ...sent, taskId: task.id, verdict };
      return ofCustomer
        ? office.delivery.decideCustomerChange(changeId, decision, write)
        : office.delivery.decideContactChange(changeId, decision, write);
    },
  );
  if (answer.ok) await office.client.workflow.getHandle(workflowId).result();
}
