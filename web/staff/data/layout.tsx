import { type PageProps, staffPage } from '../../components/layout.tsx';
import type { frame } from '../console.ts';
import { overviewPages } from '../navigation.ts';

/** A page under the tab データ, with the links to its neighbours above it. `current` is the neighbour's address. */
export function dataPage(
  props: PageProps & { frame: ReturnType<typeof frame>; current: string; wide?: boolean },
) {
  const { frame: outer, current, children, ...page } = props;
  return staffPage({
    ...outer,
    ...page,
    children: (
      <>
        <nav class="sub-nav" aria-label="データ">
          <ul>
            {overviewPages(outer.signedIn.staff, 'データ').map(({ href, label }) => (
              <li>
                <a href={href} aria-current={href === current ? 'page' : undefined}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {children}
      </>
    ),
  });
}
