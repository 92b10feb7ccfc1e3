import type { HostFile } from '../host/host-file.ts';
import { writeManifest } from '../ignition/manifest-yaml.ts';

/** Where the site's client looks for what it registers. */
export const manifestFolder = '/etc/assisted/manifests/';
export const extraManifestFolder = '/etc/assisted/extra-manifests/';

const ownerOnly = 0o600;

export const toHostManifest = (name: string, manifest: object): HostFile => ({
  path: `${manifestFolder}${name}`,
  mode: ownerOnly,
  text: writeManifest(manifest),
});

export const toHostText = (path: string, text: string, mode: number = ownerOnly): HostFile => ({ path, mode, text });
