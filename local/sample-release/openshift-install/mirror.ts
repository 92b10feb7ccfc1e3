import { X509Certificate } from 'node:crypto';
import { reasonOf } from './manifest.ts';
import { refuseAsset } from './refusal.ts';
import { type Mapping, mappingsAt, textAt } from './shape.ts';
import { parseToml } from './toml.ts';

export const registriesFile = 'mirror/registries.conf';
export const caBundleFile = 'mirror/ca-bundle.crt';

export interface Registries {
  /** The file, verbatim. */
  readonly text: string;
  /** Where the mirrors hold the release image; empty if no registry matches. */
  readonly releaseImageMirror: string;
  /** Set when the file is of no use for the release image; the real program warns and goes on. */
  readonly warning?: string;
}

const releaseImageParts = /^(.+?)((?:@sha256)?:[^/]+)$/;

const mirrorOf = (registries: readonly Mapping[], releaseImage: string): string => {
  const [, repository, reference] = releaseImageParts.exec(releaseImage) ?? [];
  const match = registries.find((registry) => textAt(registry, 'location') === repository);
  const mirror = match && textAt(mappingsAt(match, 'mirror')[0] ?? {}, 'location');
  return mirror ? `${mirror}${reference}` : '';
};

const parseRegistries = (text: string): Mapping[] => {
  try {
    return mappingsAt(parseToml(text), 'registry');
  } catch (error) {
    return refuseAsset('Mirror Registries Config', `failed to unmarshal ${registriesFile}: ${reasonOf(error)}`);
  }
};

/** Reads mirror/registries.conf (G1, G2). */
export const loadRegistries = (text: string, releaseImage: string): Registries => {
  const releaseImageMirror = mirrorOf(parseRegistries(text), releaseImage);
  if (releaseImageMirror) return { text, releaseImageMirror };
  return {
    text,
    releaseImageMirror,
    warning: `No registry of ${registriesFile} matches the release image ${releaseImage}`,
  };
};

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** Reads mirror/ca-bundle.crt (G1, G2): one or more PEM certificates. */
export const loadCaBundle = (text: string): string => {
  try {
    const blocks = text.match(pemBlock) ?? [];
    if (blocks.length === 0) throw new Error('no certificate found');
    for (const block of blocks) new X509Certificate(block);
    return text;
  } catch (error) {
    return refuseAsset(
      'Mirror Registries Certificate File',
      `failed to parse a certificate from ${caBundleFile}: ${reasonOf(error)}`,
    );
  }
};
