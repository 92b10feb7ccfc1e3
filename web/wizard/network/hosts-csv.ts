import { emptyHost, type HostDraft, type HostField, hostFields } from './host-draft.ts';

/** The first line of a file of hosts. */
export const csvHeader = hostFields.join(',');

type Separator = ',' | ';' | '\t';

/** As the first line has it: where a comma is the decimal sign, spreadsheets write semicolons, and commas inside of cells. */
const separatorOf = (first: string): Separator =>
  ([';', '\t'] as const).find((separator) => first.includes(separator)) ?? ',';

/**
 * The cells of one line, without empty ones at its end, which spreadsheets write on empty lines, too; quotation marks keep a
 * separator in a cell (RFC 4180, without line ends in cells).
 */
const cellsOf = (line: string, separator: Separator): readonly string[] => {
  const cell = new RegExp(`${separator} *(?:"((?:[^"]|"")*)"|([^${separator}]*))`, 'g');
  const cells = [...`${separator}${line}`.matchAll(cell)].map(([, quoted, plain = '']) =>
    (quoted?.replaceAll('""', '"') ?? plain).trim(),
  );
  return cells.slice(0, cells.findLastIndex((text) => text !== '') + 1);
};

const isField = (name: string): name is HostField => hostFields.some((field) => field === name);

const checkColumns = (columns: readonly string[]): void => {
  const unknown = columns.find((name) => !isField(name));
  if (unknown !== undefined) throw new Error(`line 1: ${unknown} is not one of the columns ${hostFields.join(', ')}`);
  const repeated = columns.find((name, at) => columns.indexOf(name) !== at);
  if (repeated !== undefined) throw new Error(`line 1: the column ${repeated} is there twice`);
  if (!columns.includes('mac')) throw new Error('line 1: there is no column mac, by which a host is found');
};

/**
 * Reads hosts from a CSV file whose first line names the columns, in any order; as spreadsheets write it, with commas,
 * semicolons or tabs.
 *
 * @throws Error that names the line
 */
export const hostsIn = (text: string): readonly HostDraft[] => {
  const [first = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const separator = separatorOf(first);
  const columns = cellsOf(first, separator).map((name) => name.toLowerCase());
  checkColumns(columns);
  return rest.flatMap((line, at) => {
    const cells = cellsOf(line, separator);
    if (cells.length === 0) return [];
    if (cells.length > columns.length) throw new Error(`line ${at + 2}: it has more cells than the first line`);
    return { ...emptyHost, ...Object.fromEntries(columns.map((name, column) => [name, cells[column] ?? ''])) };
  });
};
