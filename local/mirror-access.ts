import { usualPatience } from '#adapters/release-mirror/mirror-request.ts';
import { progressLine } from '#cli/progress.ts';
import { pinnedReleaseKey } from '#cli/release-key.ts';
import type { MirrorAccess } from './catalogue.ts';

/** The public mirror as a person at a terminal sees it. @param signal ends a download */
export const mirrorAccess = (signal: AbortSignal): MirrorAccess => ({
  releaseKey: pinnedReleaseKey,
  patience: usualPatience,
  progress: progressLine(process.stderr),
  signal,
  say: (line) => console.error(line),
});
