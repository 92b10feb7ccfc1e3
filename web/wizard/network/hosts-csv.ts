import { emptyHost, type HostDraft, type HostField, hostFields } from './host-draft.ts';

/** The first line of a file of hosts. */
export const csvHeader = hostFields.join(',');

/** The cells of one line; quotation marks keep a comma in a cell (RFC 4180, without line ends in cells). */
const cellsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = '']) =>
    (quoted?.replaceAll('""', '"') ?? plain).trim(),
  );

const isField = (name: string): name is HostField => hostFields.some((field) => field === name);

/**
 * Reads hosts from a CSV file whose first line names the columns, in any order; as spreadsheets write it, with commas or
 * semicolons.
 *
 * @throws Error that names the line
 */
export const hostsIn = (text: string): readonly HostDraft[] => {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const [first = '', ...rest] = lines.map((line) => (lines[0]?.includes(',') ? line : line.replaceAll(';', ',')));
  const columns = cellsOf(first).map((name) => name.toLowerCase());
  const unknown = columns.find((name) => !isField(name));
  if (unknown !== undefined) throw new Error(`line 1: ${unknown} is not one of the columns ${hostFields.join(', ')}`);
  if (!columns.includes('mac')) throw new Error('line 1: there is no column mac, by which a host is found');
  return rest.map((line, at) => {
    const cells = cellsOf(line);
    if (cells.length > columns.length) throw new Error(`line ${at + 2}: it has more cells than the first line`);
    return { ...emptyHost, ...Object.fromEntries(columns.map((name, column) => [name, cells[column] ?? ''])) };
  });
};
