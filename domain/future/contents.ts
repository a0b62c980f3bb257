import type { ContractKind } from '../period/periods.ts';

export interface OptionQuantity {
  code: string;
  quantity: number;
}

/** What is contracted on a day. */
export interface Contents {
  kind: ContractKind;
  planCode: string;
  options: readonly OptionQuantity[];
  licences: number;
}

/** What a change alters, and nothing else (第8条). Of options only those altered; quantity 0 takes one away. */
export interface Alteration {
  kind?: ContractKind;
  planCode?: string;
  options?: readonly OptionQuantity[];
  licences?: number;
}

/** One thing that a change can alter by itself: options each by its code. */
export type ContentsField = 'kind' | 'planCode' | 'licences' | `option:${string}`;

const optionField = (code: string): ContentsField => `option:${code}`;

export function fieldsOf(alters: Alteration): ContentsField[] {
  return [
    ...(alters.planCode === undefined ? [] : (['planCode'] as const)),
    ...(alters.options ?? []).map(({ code }) => optionField(code)),
    ...(alters.licences === undefined ? [] : (['licences'] as const)),
    ...(alters.kind === undefined ? [] : (['kind'] as const)),
  ];
}

/** The contents with what a change alters; all else stays. */
export function alter(contents: Contents, alters: Alteration): Contents {
  const quantities = new Map(contents.options.map(({ code, quantity }) => [code, quantity]));
  for (const { code, quantity } of alters.options ?? []) quantities.set(code, quantity);
  const options = [...quantities].map(([code, quantity]) => ({ code, quantity }));
  return {
    kind: alters.kind ?? contents.kind,
    planCode: alters.planCode ?? contents.planCode,
    options: options.filter(({ quantity }) => quantity > 0),
    licences: alters.licences ?? contents.licences,
  };
}

/** What is left of an alteration without some fields. */
export function without(alters: Alteration, fields: ReadonlySet<ContentsField>): Alteration {
  const { kind, planCode, licences } = alters;
  const options = (alters.options ?? []).filter(({ code }) => !fields.has(optionField(code)));
  return {
    ...(kind === undefined || fields.has('kind') ? {} : { kind }),
    ...(planCode === undefined || fields.has('planCode') ? {} : { planCode }),
    ...(licences === undefined || fields.has('licences') ? {} : { licences }),
    ...(options.length === 0 ? {} : { options }),
  };
}

/** What has to be altered to come from one to the other; empty where they are the same. */
export function alterationBetween(before: Contents, after: Contents): Alteration {
  const quantityIn = (contents: Contents, wanted: string) =>
    contents.options.find(({ code }) => code === wanted)?.quantity ?? 0;
  const codes = [...new Set([...before.options, ...after.options].map(({ code }) => code))];
  const options = codes
    .map((code) => ({ code, quantity: quantityIn(after, code) }))
    .filter(({ code, quantity }) => quantity !== quantityIn(before, code));
  return {
    ...(before.kind === after.kind ? {} : { kind: after.kind }),
    ...(before.planCode === after.planCode ? {} : { planCode: after.planCode }),
    ...(before.licences === after.licences ? {} : { licences: after.licences }),
    ...(options.length === 0 ? {} : { options }),
  };
}

export function isEmpty(alters: Alteration): boolean {
  return fieldsOf(alters).length === 0;
}
