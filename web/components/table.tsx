import type { Child } from 'hono/jsx';

export interface Column<Row> {
  head: string;
  cell: (row: Row) => Child;
  /** Digits are easier to compare when aligned. */
  numeric?: boolean;
  /** Where the head leads to order the rows by it, and how they are ordered by it now. */
  sort?: { href: string; now: 'ascending' | 'descending' | null };
}

/** The one table; a row with a `row-link` is clickable as a whole. Narrow screens show each row as a block with the column's name before each value. */
export function Table<Row>(props: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  empty: string;
  rowClass?: (row: Row) => string;
}) {
  const { caption, columns, rows, empty, rowClass } = props;
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  return (
    <table class="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={column.numeric ? 'numeric' : ''} aria-sort={column.sort?.now ?? undefined}>
              {column.sort === undefined ? column.head : <a href={column.sort.href}>{column.head}</a>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr class={rowClass?.(row) ?? ''}>
            {columns.map((column) => (
              <td data-head={column.head} class={column.numeric ? 'numeric' : ''}>
                <div>{column.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
