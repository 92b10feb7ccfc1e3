import { toIgnitionFile } from '../host/host-file.ts';
import { embedAreaSize, packedSize, tooLarge } from '../ignition/check.ts';
import type { Ignition } from '../ignition/ignition.ts';
import { extraManifestFiles } from './cluster-manifests.ts';
import type { Site } from './site.ts';

/**
 * Checks that the ISO can have room for the cluster's manifests, of which alone there can be any number. Whether it has room
 * for the whole is checked when the ignition is made.
 *
 * @throws IgnitionTooLarge, which names those that take most
 */
export const checkManifestsFit = (site: Site): void => {
  const ignition: Ignition = {
    ignition: { version: '3.2.0' },
    storage: { files: extraManifestFiles(site).map(toIgnitionFile) },
  };
  const packed = packedSize(Buffer.from(JSON.stringify(ignition), 'utf8'));
  if (packed > embedAreaSize) throw tooLarge(ignition, packed);
};
