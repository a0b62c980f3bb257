import type { SessionStaff } from '../../db/queries/session/find.ts';
import { MAY, PAGES, type Right } from '../../domain/processes/index.ts';
import { type PageTerm, SECTIONS } from '../../domain/processes/types.ts';
import { hasRole } from './rights.ts';

export type Tab = keyof typeof PAGES;

type Page = PageTerm & { right?: Right };
const pages: readonly Page[] = Object.values(PAGES);

export interface Link {
  href: string;
  label: string;
  current: boolean;
}

/**
 * The tabs that a person sees, and the links below the current one where it has several pages. Pages that an overview tells
 * of are reached through it.
 */
export function navigationOf(
  staff: SessionStaff,
  current: Tab | null,
  has: { outbox: boolean },
): { tabs: Link[]; pages: Link[] } {
  const linkTo = ({ href, label }: Page): Link => ({
    href,
    label,
    current: current !== null && PAGES[current].href === href,
  });
  const shown = SECTIONS.flatMap((section) => {
    const told = pages.filter((page) => page.section === section && page.about !== undefined);
    const links = pages
      .filter((page) => page.section === section && page.about === undefined && maySee(staff, page))
      .filter(({ href }) => (href === PAGES.outbox.href ? has.outbox : true))
      .map(linkTo);
    const [first] = links;
    if (first === undefined || (told.length > 0 && overviewPages(staff, section).length === 0)) return [];
    return [{ label: section, href: first.href, current: links.some((link) => link.current), pages: links }];
  });
  const below = shown.find((section) => section.current)?.pages ?? [];
  return { tabs: shown, pages: below.length > 1 ? below : [] };
}

/** The pages that the overview of a section tells a person of, in their order. */
export function overviewPages(
  staff: SessionStaff,
  section: PageTerm['section'],
): { href: string; label: string; about: string }[] {
  return pages.flatMap((page) =>
    page.section === section && page.about !== undefined && maySee(staff, page)
      ? [{ href: page.href, label: page.label, about: page.about }]
      : [],
  );
}

function maySee(staff: SessionStaff, { right }: Page): boolean {
  return right === undefined || hasRole(staff, MAY[right]);
}
