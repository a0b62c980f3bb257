import { findCatalogueNames } from '../../db/queries/catalogue/names.ts';
import type { ContractFacts as ContractRows } from '../../db/queries/contract/find.ts';
import { alterationOf } from '../../db/queries/future/assemble.ts';
import { readContractFuture } from '../../db/queries/future/read.ts';
import { findRequest, type RequestRow } from '../../db/queries/request/find.ts';
import { addDays, jstDate } from '../../domain/calendar/civil-date.ts';
import { alter, type Contents } from '../../domain/future/contents.ts';
import { contentsOn } from '../../domain/future/project.ts';
import { CONTRACT_KIND_LABELS } from '../../domain/period/contract.ts';
import type { Mail } from '../../templates/mail/blocks.ts';
import * as templates from '../../templates/mail/change.ts';
import type { ContractMail } from '../../templates/mail/contract.ts';
import { type ComposePorts, missing } from './composed-mail.ts';
import type { MailInput } from './index.ts';

/** The request that a mail is about. */
export async function requestOf(ports: ComposePorts, { requestId }: MailInput): Promise<RequestRow> {
  const request = requestId === undefined ? null : await findRequest(ports.db, requestId);
  if (request === null) throw missing('request');
  return request;
}

/** Mails about a change request: accepted, taken back, or not possible (第8条). */
export async function composeChangeMail(
  ports: ComposePorts,
  input: MailInput,
  rows: ContractRows,
  base: ContractMail,
): Promise<Mail> {
  const request = await requestOf(ports, input);
  const { reasons, computedOn } = request;
  const affected = await affectedChanges(ports, input, rows);
  if (input.kind === 'changeTakenBack') return templates.changeTakenBack({ ...base, affected });
  const changes = await changeItems(ports, input, rows, request);
  if (input.kind === 'changeRefused') return templates.changeRefused({ ...base, changes, reasons });
  return templates.changeAccepted({ ...base, changes, reasons, affected, effectiveOn: computedOn ?? '' });
}

/** The earlier requests that something has decided about anew, in the words of a mail. */
export async function affectedChanges(
  ports: ComposePorts,
  { affected = [] }: MailInput,
  { contract }: ContractRows,
): Promise<templates.AffectedChange[]> {
  const rows = await Promise.all(
    affected.map(async ({ requestId, became, on }) => {
      const row = await findRequest(ports.db, requestId);
      if (row === null) return [];
      const wishes = await wishesOf(ports, row, contract.catalogueVersion);
      return [{ arrivedOn: jstDate(row.arrivedAt.getTime()), wishes, became, on }];
    }),
  );
  return rows.flat();
}

async function wishesOf(
  ports: ComposePorts,
  { requested }: RequestRow,
  catalogueVersion: number,
): Promise<string[]> {
  const { planCode, options = [], licences, contractKind } = requested ?? {};
  const names = await findCatalogueNames(ports.db, {
    catalogueVersion,
    planCode: planCode ?? '',
    options: [...options],
  });
  return [
    ...(planCode === undefined ? [] : [`料金プランを${names.planName}に`]),
    ...names.optionNames.map(({ name, quantity }) =>
      quantity === 0 ? `${name}をなしに` : `${name}を${quantity}に`,
    ),
    ...(licences === undefined ? [] : [`ユーザーライセンスを${licences}に`]),
    ...(contractKind === undefined ? [] : [`${CONTRACT_KIND_LABELS[contractKind]}に`]),
  ];
}

/** What is contracted before the day of a change and from then on, field by field. */
async function changeItems(
  ports: ComposePorts,
  input: MailInput,
  { contract }: ContractRows,
  request: RequestRow,
): Promise<templates.ChangeItem[]> {
  const today = jstDate(input.businessMs);
  const { future } = await readContractFuture(ports.db, { contractId: contract.id, today });
  const day = request.computedOn ?? today;
  const before = contentsOn(future, addDays(day, -1));
  const accepted = request.outcome === 'accepted' || request.outcome === 'done';
  const after = accepted ? contentsOn(future, day) : alter(before, alterationOf(request.requested));
  const [old, next] = await Promise.all(
    [before, after].map(async (contents) => wordsOf(ports, contents, contract.catalogueVersion)),
  );
  return ITEMS.flatMap((item, index) => {
    const [was, becomes] = [old?.[index] ?? '', next?.[index] ?? ''];
    return was === becomes ? [] : [{ item, before: was, after: becomes }];
  });
}

const ITEMS = ['料金プラン', 'オプション', 'ユーザーライセンス', '契約の種類'] as const;

/** The contents in words, in the order of `ITEMS`. */
async function wordsOf(
  ports: ComposePorts,
  { planCode, options, licences, kind }: Contents,
  catalogueVersion: number,
): Promise<string[]> {
  const chosen = { catalogueVersion, planCode, options: [...options] };
  const { planName, optionNames } = await findCatalogueNames(ports.db, chosen);
  const list = optionNames.map(({ name, quantity }) => `${name} × ${quantity}`).join('、') || 'なし';
  return [planName, list, `${licences}`, CONTRACT_KIND_LABELS[kind]];
}
