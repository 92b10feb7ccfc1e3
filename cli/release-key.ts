import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReleaseKey, readReleaseKey } from '#adapters/release-mirror/signature.ts';

/** Red Hat's release key 2, with which `sha256sum.txt` on the public client mirror is signed. */
export const pinnedFingerprint = '567E 347A D004 4ADE 55BA 8A5F 199E 2F91 FD43 1D51';

const keyFile = join(import.meta.dirname, 'redhat-release-key-2.asc');

/** The one key that the command trusts: neither an option nor the environment names another. */
export const pinnedReleaseKey = async (): Promise<ReleaseKey> =>
  readReleaseKey({ armored: await readFile(keyFile, 'utf8'), fingerprint: pinnedFingerprint });
