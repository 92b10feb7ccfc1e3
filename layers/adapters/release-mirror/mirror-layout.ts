import type { ReleaseArchitecture } from '#domain/release/payload.ts';

/** Red Hat's public client mirror; a private one has the same folders below its own address. */
export const publicMirror = 'https://mirror.openshift.com/pub/openshift-v4';

export interface MirroredRelease {
  /** Address of the mirror, with or without a slash at its end. */
  readonly mirror: string;
  readonly version: string;
  readonly architecture: ReleaseArchitecture;
}

/** Where the mirror keeps a release's installer for linux/amd64 hosts, and the checksums that lead to it. */
export interface MirrorLayout {
  /** Address of the folder with the signed `sha256sum.txt`; ends with a slash. */
  readonly folder: string;
  /** The archives are there, with a `sha256sum.txt` of their own, whose checksum the signed one lists. */
  readonly subfolder?: string;
  /** The archive's possible names, best first. Checksums need not list the ones without a version: those are links. */
  readonly archives: readonly string[];
}

export const sumsFile = 'sha256sum.txt';

/** Names that the signature has been given over the years. */
export const signatureFiles = ['sha256sum.txt.gpg', 'sha256sum.txt.sig', 'sha256sum.txt.asc'] as const;

const folders: Readonly<Record<ReleaseArchitecture, string>> = {
  x86_64: 'clients/ocp',
  arm64: 'aarch64/clients/ocp',
  ppc64le: 'ppc64le/clients/ocp',
  s390x: 's390x/clients/ocp',
  multi: 'multi/clients/ocp',
};

const native = (version: string) => [`openshift-install-linux-${version}.tar.gz`, 'openshift-install-linux.tar.gz'];
const foreign = (version: string) => [
  `openshift-install-linux-amd64-${version}.tar.gz`,
  'openshift-install-linux-amd64.tar.gz',
];

/** The plain name means the release's own architecture, so that other releases have one with `amd64` in it. */
export const mirrorLayout = ({ mirror, version, architecture }: MirroredRelease): MirrorLayout => {
  const folder = `${mirror.replace(/\/+$/, '')}/${folders[architecture]}/${version}/`;
  if (architecture === 'multi') return { folder, subfolder: 'amd64/', archives: native(version) };
  return { folder, archives: architecture === 'x86_64' ? native(version) : foreign(version) };
};
