import { addOptions } from './add-options.ts';
import { addIsoOptions } from './base-iso/base-iso-options.ts';
import { smokeOptions } from './smoke/smoke-command.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const isShell = (name: string): name is Shell => shells.some((shell) => shell === name);

const target = ['local', 'data', 'stack'];
const remote = ['api', 'iam', 'data', 'json'];

/** Options of every command, by the words that lead to it. */
const options: Readonly<Record<string, readonly string[]>> = {
  'release add': [...Object.keys(addOptions), ...target],
  'release add-iso': [...Object.keys(addIsoOptions), ...target],
  'release list': ['json', ...target],
  'release remove': ['force', ...target],
  'release verify': target,
  'iso patch': ['infra-env', 'api', 'data', 'ignition'],
  'iso restore': [],
  'site apply': ['wait', 'iso', 'ignition', ...remote],
  'site diff': remote,
  'site delete': remote,
  'site init': [],
  'site export': ['api', 'iam', 'data'],
  'site schema': [],
  smoke: Object.keys(smokeOptions),
};

/** What may follow some words, by those words. */
const following = (): ReadonlyMap<string, readonly string[]> => {
  const programs = [...new Set(Object.keys(options).map((command) => command.split(' ')[0] ?? ''))];
  const commandsOf = (program: string) =>
    Object.keys(options).flatMap((command) =>
      command.startsWith(`${program} `) ? [command.slice(program.length + 1)] : [],
    );
  return new Map<string, readonly string[]>([
    ['', [...programs, 'completion']],
    ['completion', shells],
    ...programs.map((program) => [program, commandsOf(program)] as const),
    ...Object.entries(options).map(
      ([command, names]) => [command, [...names, 'help'].map((name) => `--${name}`)] as const,
    ),
  ]);
};

const bash = (): string => {
  const cases = [...following()].map(([words, next]) => `    '${words}') words='${next.join(' ')}' ;;`);
  return `_ove() {
  local words=
  case "\${COMP_WORDS[*]:1:COMP_CWORD < 3 ? COMP_CWORD - 1 : 2}" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _ove ove`;
};

const fish = (): string =>
  [...following()]
    .map(([words, next]) => {
      const condition = `test (string join ' ' (commandline -opc)[2..3]) = '${words}'`;
      return `complete -c ove ${words.includes(' ') ? '' : '-f '}-n "${condition}" -a '${next.join(' ')}'`;
    })
    .join('\n');

const scripts: Readonly<Record<Shell, () => string>> = {
  bash,
  zsh: () => `autoload -U +X bashcompinit && bashcompinit\n${bash()}`,
  fish,
};

/** What a shell reads to complete the words behind \`ove\`. */
export const completionScript = (shell: Shell): string => scripts[shell]();
