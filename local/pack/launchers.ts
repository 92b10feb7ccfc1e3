const launcher = (module: string): string => `#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
exec "$here/bin/node" "$here/${module}" "$@"
`;

/** Scripts at the top of the archive, by name: each runs one module of it on the Node beside it. */
export const launchers: Readonly<Record<string, string>> = {
  start: launcher('local/main.ts'),
  ove: launcher('cli/ove.ts'),
};
