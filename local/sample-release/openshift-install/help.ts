import type { CommandLine } from './arguments.ts';
import type { Behaviour } from './settings.ts';
import type { Traits } from './traits.ts';

const flagLine = (name: string, text: string): string => `      ${name.padEnd(20)} ${text}`;

const interactiveLine = flagLine('--interactive', 'leave the cluster configuration to the user interface on the host');

const globalFlags = [
  flagLine('--dir string', 'assets directory (default ".")'),
  flagLine('--log-level string', 'log level (e.g. "debug | info | warn | error") (default "info")'),
];

/** Commands that a help text lists: `unconfigured-ignition` is hidden from its parent's. */
const listed: Readonly<Record<string, readonly string[]>> = {
  '': ['agent', 'version'],
  agent: ['create'],
  'agent create': ['config-image'],
};

const usage = (path: string): string => `Usage:\n  ${['openshift-install', path].join(' ').trim()} [flags]\n`;

/** The text of `--help` for a command; only some know `--interactive`. */
export const helpText = ({ path }: CommandLine, { interactiveFlag }: Traits, { strange }: Behaviour): string => {
  const name = path.join(' ');
  const commands = (listed[name] ?? []).map((command) => `  ${command}`);
  const interactive = name.endsWith('unconfigured-ignition') && interactiveFlag ? [interactiveLine] : [];
  return [
    usage(name),
    ...(commands.length > 0 ? ['Available Commands:', ...commands, ''] : []),
    'Flags:',
    flagLine('-h, --help', `help for ${path.at(-1) ?? 'openshift-install'}`),
    ...interactive,
    ...(strange ? [flagLine('--strange', 'something else')] : []),
    '',
    'Global Flags:',
    ...globalFlags,
    '',
  ].join('\n');
};
