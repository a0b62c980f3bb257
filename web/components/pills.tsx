/** The views of one list, the one that is shown marked. */
export function Pills({ links }: { links: readonly { href: string; label: string; current: boolean }[] }) {
  return (
    <ul class="pills">
      {links.map(({ href, label, current }) => (
        <li>
          <a href={href} aria-current={current ? 'true' : undefined}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
