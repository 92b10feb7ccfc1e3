import { isoOptions } from './iso/iso-commands.ts';
import { releaseOptions } from './release-commands.ts';
import { siteOptions } from './site/site-commands.ts';
import { smokeOptions } from './smoke/smoke-command.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const isShell = (name: string): name is Shell => shells.some((shell) => shell === name);

const programs = { release: releaseOptions, iso: isoOptions, site: siteOptions };

const typed = (names: readonly string[]): readonly string[] => names.map((name) => `--${name}`);

/** What may follow some words, by those words. */
const following = (): ReadonlyMap<string, readonly string[]> =>
  new Map<string, readonly string[]>([
    ['', [...Object.keys(programs), 'smoke', 'completion']],
    ['smoke', typed([...Object.keys(smokeOptions), 'help'])],
    ['completion', shells],
    ...Object.entries(programs).map(([program, commands]) => [program, Object.keys(commands)] as const),
    ...Object.entries(programs).flatMap(([program, commands]) =>
      Object.entries(commands).map(([command, names]) => [`${program} ${command}`, typed(names)] as const),
    ),
  ]);

/** One word alone is a command without further ones: its options may come at any place behind it. */
const pattern = (words: string): string =>
  words === '' || words.includes(' ') || words in programs ? `'${words}'` : `'${words}' | '${words} '*`;

const bash = (): string => {
  const cases = [...following()].map(([words, next]) => `    ${pattern(words)}) words='${next.join(' ')}' ;;`);
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
