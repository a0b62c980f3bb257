import type { Child } from 'hono/jsx';

export interface Column<Row> {
  head: string;
  cell: (row: Row) => Child;
  /** Digits are easier to compare when aligned. */
  numeric?: boolean;
}

/** The one table. Narrow screens show each row as a block with the column's name before each value. */
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
            <th scope="col" class={column.numeric ? 'numeric' : ''}>
              {column.head}
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
