/** Links to the neighbouring pages; filters stay in the address, so that Back restores them. */
export function Paging(props: {
  path: string;
  query: Readonly<Record<string, string | null>>;
  page: number;
  pageSize: number;
  count: number;
}) {
  const { path, query, page, pageSize, count } = props;
  const pages = Math.max(1, Math.ceil(count / pageSize));
  if (pages === 1 && page === 1) return null;
  const href = (target: number) => addressOf(path, { ...query, page: target === 1 ? null : String(target) });
  return (
    <nav class="paging" aria-label="ページ送り">
      {page > 1 ? (
        <a class="button button-small button-secondary" href={href(page - 1)} rel="prev">
          前のページ
        </a>
      ) : null}
      <span>
        {page} / {pages} ページ
      </span>
      {page < pages ? (
        <a class="button button-small button-secondary" href={href(page + 1)} rel="next">
          次のページ
        </a>
      ) : null}
    </nav>
  );
}

/** A path with those parameters that have a value. */
export function addressOf(path: string, query: Readonly<Record<string, string | null>>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries).toString()}`;
}
