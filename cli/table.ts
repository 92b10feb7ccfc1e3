/** A column: its title, and what it shows of a row. */
export type Column<Row> = readonly [title: string, text: (row: Row) => string];

/** Lines of a table, its titles first. */
export const tableLines = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly string[] => {
  const table = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, text]) => text(row)))];
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
