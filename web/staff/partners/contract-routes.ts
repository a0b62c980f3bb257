import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { moveHindrance } from '../../../db/queries/partner/move.ts';
import { contractMoves } from '../../../db/queries/partner/payers.ts';
import { listPartners } from '../../../db/queries/partner/read.ts';
import { waitingProposal } from '../../../db/queries/proposal/find.ts';
import { readContractDetail } from '../../../db/queries/read/contract-detail.ts';
import { jstDate } from '../../../domain/calendar/civil-date.ts';
import type { Proposed } from '../../../domain/proposal/proposal.ts';
import type { FieldError } from '../../components/errors.tsx';
import type { TypedForm } from '../../components/field.tsx';
import type { WebDependencies, WebEnv } from '../../dependencies.ts';
import { readDay } from '../../http/dates.ts';
import { readForm } from '../../http/form.ts';
import { Problem } from '../../http/problem.ts';
import { requireCsrf } from '../../http/session.ts';
import type { Routes } from '../../routes.ts';
import { frame, idParam } from '../console.ts';
import { commandIdOf, readReason } from '../desk/verdict.ts';
import { askForTwo } from '../proposals/ask.ts';
import { contractPartnerPage, NO_PARTNER } from './contract-page.tsx';

const PATH = '/staff/contracts/:id/partner';

/** Which partner a contract is with, and moving it, which takes two people (第6条2項). */
export function contractPartnerRoutes(app: Routes, deps: WebDependencies): void {
  const { db } = deps;

  const load = async (c: Context<WebEnv>) => {
    const detail = await readContractDetail(db, idParam(c, 'id'));
    if (detail === null) throw new Problem(404, { message: 'この契約は見つかりません。' });
    return detail;
  };

  const show = async (c: Context<WebEnv>, typed: TypedForm) => {
    const { contract, customer } = await load(c);
    const contractId = contract.id;
    const today = jstDate(deps.now().getTime());
    const about: Proposed = { kind: 'contractPartner', contractId, partnerId: null, from: today };
    const [moves, partners, waiting] = await Promise.all([
      contractMoves(db, contractId),
      listPartners(db),
      waitingProposal(db, about),
    ]);
    const page = { contractId, customerName: customer.name, named: contract.partnerName, moves, partners };
    const shown = { waiting, today, typed, newId: randomUUID, frame: frame(c, deps, 'contracts') };
    return c.html(contractPartnerPage({ ...page, ...shown }), typed.errors.length > 0 ? 422 : 200);
  };

  app.get(PATH, { right: 'seePartners', shows: 'nothing' }, (c) => show(c, { values: {}, errors: [] }));

  app.post(PATH, { right: 'changePartners', shows: 'nothing' }, async (c) => {
    const form = await readForm(c);
    requireCsrf(c, form);
    const { contract } = await load(c);
    const again = (errors: FieldError[]) => show(c, { values: form.texts(), errors });
    const chosen = form.text('partner');
    const partners = await listPartners(db);
    const partnerId = partners.find(({ id }) => id === chosen)?.id ?? null;
    const from = readDay(form.text('from'));
    const reason = readReason(form, 'move-reason');
    const errors: FieldError[] = [];
    if (partnerId === null && chosen !== NO_PARTNER) {
      errors.push({ field: 'partner', message: '変更後のパートナーを選択してください。' });
    }
    if (from === null) {
      errors.push({ field: 'from', message: '変更日を「2027-04-01」の形の日付で入力してください。' });
    }
    if (typeof reason !== 'string') errors.push(reason);
    if (errors.length > 0 || from === null || typeof reason !== 'string') return again(errors);
    const move = { contractId: contract.id, partnerId, from };
    const hindrance = await moveHindrance(db, move);
    if (hindrance !== null) return again([{ field: 'from', message: hindrance }]);
    const asked = {
      ...{ commandId: commandIdOf(form), reason, contractId: contract.id, sandbox: contract.sandbox },
      proposed: { kind: 'contractPartner' as const, ...move },
    };
    const link = { href: `/staff/contracts/${contract.id}/partner`, label: '契約の支払者に戻る' };
    return askForTwo(c, deps, asked, link);
  });
}
