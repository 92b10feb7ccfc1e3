import { type CpuArchitecture, normaliseArchitecture } from '../architecture.ts';

/** A release's architecture as operators and mirrors name it: one CPU's, or `multi` for a payload that serves all. */
export type ReleaseArchitecture = CpuArchitecture | 'multi';

const multi: readonly CpuArchitecture[] = ['x86_64', 'arm64', 'ppc64le', 's390x'];

export const releaseArchitectures: readonly ReleaseArchitecture[] = [...multi, 'multi'];

/** The stored form of any known spelling; undefined for an unknown one. */
export const parseReleaseArchitecture = (name: string): ReleaseArchitecture | undefined =>
  name === 'multi' ? name : normaliseArchitecture(name);

/** Architectures of the hosts that such a release serves. */
export const servedArchitectures = (architecture: ReleaseArchitecture): readonly CpuArchitecture[] =>
  architecture === 'multi' ? multi : [architecture];

/** What `openshift-install version` says about the architecture of its release; undefined when it says nothing known. */
export const printedArchitecture = (output: string): ReleaseArchitecture | undefined => {
  const printed = /^release architecture[ \t]+(\S+)[ \t]*$/m.exec(output)?.[1];
  return printed === undefined ? undefined : parseReleaseArchitecture(printed);
};

const digestOf = (pullSpec: string): string | undefined => /@(sha256:[0-9a-f]{64})$/.exec(pullSpec)?.[1];

/** Whether two pull specifications mean one image: by digest where both have one, whatever the registry. */
export const isSameImage = (one: string, other: string): boolean => {
  const [digest, otherDigest] = [digestOf(one), digestOf(other)];
  return digest !== undefined && otherDigest !== undefined ? digest === otherDigest : one === other;
};
