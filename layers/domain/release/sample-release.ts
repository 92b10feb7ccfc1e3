import type { Release } from './release.ts';

/**
 * The release that a local stack brings along for people who have no other: nothing can be installed from it. It is a
 * pre-release, so that every real one goes before it, with a name that no real one has.
 */
export const sampleVersion = '4.20.0-sample';

export const isSample = ({ version }: Pick<Release, 'version'>): boolean => version === sampleVersion;
