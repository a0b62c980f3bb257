const PLACES = {
  suspensions: { href: '/staff/suspensions', label: '停止・再開' },
  discontinuations: { href: '/staff/discontinuations', label: '廃止' },
} as const;

/** Between suspensions and discontinuations: one tab of the console. */
export function ServiceNav({ current }: { current: keyof typeof PLACES }) {
  return (
    <nav aria-label="停止・廃止">
      <ul class="subnav">
        {Object.entries(PLACES).map(([id, { href, label }]) => (
          <li>
            <a href={href} aria-current={id === current ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
