import { type CpuArchitecture, normaliseArchitecture } from '../architecture.ts';

/** What `openshift-install version` prints about the release that the binary belongs to. */
export interface VersionOutput {
  readonly version: string;
  readonly releaseImage: string | undefined;
  /** Architecture of the release's hosts; undefined for `multi`, an unknown one or none. */
  readonly architecture: CpuArchitecture | undefined;
}

const lineOf = (output: string, start: string): string | undefined =>
  output
    .split('\n')
    .find((line) => line.startsWith(start))
    ?.slice(start.length)
    .trim();

/** undefined when the text is not what an openshift-install prints. The first line starts with the binary's own path. */
export const parseVersionOutput = (output: string): VersionOutput | undefined => {
  const version = /^.*\s(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)\s*$/.exec(output.split('\n')[0] ?? '')?.[1];
  if (version === undefined) return undefined;
  return {
    version,
    releaseImage: lineOf(output, 'release image '),
    architecture: normaliseArchitecture(lineOf(output, 'release architecture ') ?? ''),
  };
};

/** The flags that the help of a command lists, e.g. `--interactive`. */
export const flagsIn = (help: string): readonly string[] =>
  [...help.matchAll(/^\s+(?:-\w, )?(--[a-z][\w-]*)/gm)].map(([, flag = '']) => flag).toSorted();

/** Whether the help of `agent create` lists `config-image`. */
export const listsConfigImage = (help: string): boolean => /^\s+config-image\b/m.test(help);
