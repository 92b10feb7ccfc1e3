const wanted = ['autoconnect=true', 'autoconnect-priority=1'] as const;
const nameOf = (line: string): string => line.slice(0, line.indexOf('='));
const wantedNames: readonly string[] = wanted.map(nameOf);

/**
 * A NetworkManager keyfile whose connection comes before those that NetworkManager makes up for cards without one.
 *
 * @throws Error when the text has no section `[connection]`
 */
export const withPriority = (keyfile: string): string => {
  const lines = keyfile.split('\n');
  const start = lines.indexOf('[connection]');
  if (start === -1) throw new Error('a NetworkManager keyfile has no section [connection]');
  const next = lines.findIndex((line, index) => index > start && line.startsWith('['));
  const end = next === -1 ? lines.length : next;
  const kept = lines.filter((line, index) => index <= start || index >= end || !wantedNames.includes(nameOf(line)));
  return [...kept.slice(0, start + 1), ...wanted, ...kept.slice(start + 1)].join('\n');
};
