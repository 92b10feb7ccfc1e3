/** CPU architectures as the assisted-service API names them, with the names that other parts use for the same thing. */
export const cpuArchitectures = ['x86_64', 'aarch64', 'arm64', 'ppc64le', 's390x'] as const;

/** Stored form of an infra-env's architecture: `amd64` and `aarch64` are spellings of the first two. */
export type CpuArchitecture = 'x86_64' | 'arm64' | 'ppc64le' | 's390x';

const spellings: Readonly<Record<string, CpuArchitecture>> = {
  x86_64: 'x86_64',
  amd64: 'x86_64',
  arm64: 'arm64',
  aarch64: 'arm64',
  ppc64le: 'ppc64le',
  s390x: 's390x',
};

/** The stored form of any known spelling; undefined for an unknown one (`multi` is a release's property, not a CPU). */
export const normaliseArchitecture = (name: string): CpuArchitecture | undefined =>
  Object.hasOwn(spellings, name) ? spellings[name] : undefined;

/** What is meant where nobody names an architecture, as far as there is a release for it (assisted-service API). */
export const usualArchitecture: CpuArchitecture = 'x86_64';
