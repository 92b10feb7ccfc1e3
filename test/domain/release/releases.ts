import type { Release, SupportLevel } from '#domain/release/release.ts';
import { aRelease } from '#test/fakes/records.ts';

/** A release as far as the choice among releases looks at it. */
export const release = (
  version: string,
  supportLevel: SupportLevel = 'production',
  cpuArchitectures: Release['cpuArchitectures'] = ['x86_64'],
): Release => aRelease(version, { supportLevel, cpuArchitectures });
