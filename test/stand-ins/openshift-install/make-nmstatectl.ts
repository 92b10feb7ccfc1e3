import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Only shell built-ins, so that it runs with a PATH that holds nothing else. */
const script = `#!/bin/sh
[ "$1" = gc ] || { echo "Error: unknown command $1" >&2; exit 2; }
while IFS= read -r line; do
  case $line in interfaces:*) exit 0 ;; esac
done < "$2"
echo "Error: InvalidArgument: no interfaces in $2" >&2
exit 1
`;

/** Writes an executable `nmstatectl` into the folder; it accepts any YAML that has interfaces. Gives its path. */
export const makeNmstatectl = async (dir: string): Promise<string> => {
  const file = join(dir, 'nmstatectl');
  await mkdir(dir, { recursive: true });
  await writeFile(file, script, { mode: 0o755 });
  return file;
};
