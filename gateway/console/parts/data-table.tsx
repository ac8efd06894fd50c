/** Rows of anything as a table; on a narrow screen each row becomes a card. */
import type { ComponentChildren } from "preact";

export function DataTable(props: {
  /** What the table is of. */
  label: string;
  columns: string[];
  /** From this column on there are numbers, which stand one below the other. */
  numbersFrom?: number;
  /** A cell for each column. */
  rows: { key: string | number; cells: ComponentChildren[] }[];
}) {
  const { label, columns, rows, numbersFrom = columns.length } = props;
  const classOf = (at: number) => (at >= numbersFrom ? "number" : undefined);
  return (
    <table class="records" aria-label={label}>
      <thead>
        <tr>
          {columns.map((column, at) => (
            <th key={column} scope="col" class={classOf(at)}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key}>
            {cells.map((cell, at) => (
              <TableCell key={columns[at]} label={columns[at] ?? ""} class={classOf(at)}>
                {cell}
              </TableCell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function TableCell(props: {
  label: string;
  class?: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <td class={props.class}>
      <span class="cell-label" aria-hidden="true">
        {props.label}
      </span>
      <span class="cell-value">{props.children}</span>
    </td>
  );
}
