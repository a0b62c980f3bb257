import { type Day, iso } from './dates.ts';
import { type Contract, contractOf, endOf, type Life, today } from './life.ts';

/** Moves the contract to a status, with its last day as far as it is known. A step that changes neither is none. */
export function moveTo(life: Life, status: Contract['status'], clause: string, endsOn?: Day): void {
  const contract = contractOf(life);
  const last = endsOn ?? endOf(contract);
  contract.status = status;
  const { contract: line } = life.out;
  if (line === null) throw new Error(`${life.id} has no contract`);
  const on = iso(today(life));
  line.status = status;
  line.endsOn = last === null ? null : iso(last);
  line.statuses.push({ status, on, endsOn: line.endsOn, clause });
}
