import { z } from 'zod';

const componentSchema = z.object({
  name: z.string(),
  group: z.string().optional(),
  version: z.string(),
  licenses: z
    .array(
      z.object({
        license: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
        expression: z.string().optional(),
      }),
    )
    .default([]),
});

/** A CycloneDX list of parts, as far as we read it. */
export const partsSchema = z.object({ components: z.array(componentSchema) });

/** Licences under which a part may be shipped, as package.json of the parts write them. */
const AGREED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Unlicense',
  '(MIT AND Zlib)',
  // Fonts: the licence asks that they keep their name and are not sold by themselves.
  'MIT AND OFL-1.1',
  // One of two may be chosen.
  '(BSD-3-Clause OR GPL-2.0)',
  '(MIT OR EUPL-1.1+)',
]);

/** Parts whose package.json says nothing that counts as a licence; read in their LICENSE file. */
const READ_BY_HAND: Readonly<Record<string, string>> = { 'htmx.org': '0BSD', 'png-js': 'MIT' };

export interface Part {
  name: string;
  version: string;
  licence: string;
}

/** Every part with its licence, in the order of names. `unknown` are those that nobody has agreed to. */
export function licencesOf({ components }: z.infer<typeof partsSchema>): { parts: Part[]; unknown: Part[] } {
  const parts = components
    .map(({ name, group, version, licenses }) => {
      const full = group === undefined ? name : `${group}/${name}`;
      const said = licenses.flatMap(
        ({ license, expression }) => expression ?? license?.id ?? license?.name ?? [],
      );
      return { name: full, version, licence: READ_BY_HAND[full] ?? said.join(' AND ') };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return { parts, unknown: parts.filter(({ licence }) => !AGREED.has(licence)) };
}
