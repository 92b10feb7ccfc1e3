import type { RunningMedia } from '#domain/infra-env/workflow-ports.ts';
import type { Clock } from '#domain/ports.ts';

interface Dependencies {
  readonly media: RunningMedia;
  readonly clock: Clock;
  /** Seconds since the oldest preparation began. */
  readonly report: (seconds: number) => void;
}

/** Reports how long the oldest ISO has been waited for: 0 when nothing is prepared, so that a gap means a dead monitor. */
export const watchMedia =
  ({ media, clock, report }: Dependencies) =>
  async (): Promise<number> => {
    const oldest = await media.oldestStart();
    const seconds = oldest === undefined ? 0 : Math.max(0, (clock().getTime() - oldest.getTime()) / 1000);
    report(seconds);
    return seconds;
  };
