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
const isWhole = (words: string): boolean => words !== '' && !words.includes(' ') && !(words in programs);

const branches = (branch: (words: string, next: string) => string): string =>
  [...following()].map(([words, next]) => `    ${branch(words, next.join(' '))}`).join('\n');

/** As bash and zsh write it. */
const pattern = (words: string): string => (isWhole(words) ? `'${words}' | '${words} '*` : `'${words}'`);

const bash = (): string => `_ove() {
  local words=
  case "\${COMP_WORDS[*]:1:COMP_CWORD < 3 ? COMP_CWORD - 1 : 2}" in
${branches((words, next) => `${pattern(words)}) words='${next}' ;;`)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _ove ove`;

/** In its own words: what zsh has for completions of bash does not read all of bash's. */
const zsh = (): string => `(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
_ove() {
  local -a next
  case "\${(j: :)words[2,CURRENT < 4 ? CURRENT - 1 : 3]}" in
${branches((words, next) => `${pattern(words)}) next=(${next}) ;;`)}
  esac
  compadd -a next || _files
}
compdef _ove ove`;

const fish = (): string => `function __ove_next
  set -l before (commandline -opc)[2..3]
  switch "$before"
${branches((words, next) => `case '${words}'${isWhole(words) ? ` '${words} *'` : ''}; string split ' ' -- '${next}'`)}
  end
end
complete -c ove -f -n 'test (count (commandline -opc)) -lt 3'
complete -c ove -a '(__ove_next)'`;

const scripts: Readonly<Record<Shell, () => string>> = { bash, zsh, fish };

/** What a shell reads to complete the words behind `ove`. */
export const completionScript = (shell: Shell): string => scripts[shell]();
