import type { Progress } from '#adapters/release-mirror/mirror-download.ts';

/** A standard stream, as much of it as a line of progress needs. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(1);
const barLength = 16;

const bar = (share: number): string => {
  const full = Math.round(Math.min(1, share) * barLength);
  return `[${'#'.repeat(full)}${' '.repeat(barLength - full)}] ${Math.floor(Math.min(1, share) * 100)}%`;
};

/** E.g. `download  [####            ] 25%  120.0 / 480.0 MB  11.2 MB/s`. */
const lineOf = (label: string, done: number, total: number | undefined, seconds: number): string => {
  const speed = seconds > 0 ? `  ${megabytes(done / seconds)} MB/s` : '';
  const amount =
    total === undefined ? `${megabytes(done)} MB` : `${bar(done / total)}  ${megabytes(done)} / ${megabytes(total)} MB`;
  return `${label}  ${amount}${speed}`;
};

/** Between two pictures; a terminal over a slow line would lag behind more of them. */
const intervalMs = 100;

export interface ProgressLine {
  readonly of: (label: string) => Progress;
  /** Of a number of things: what is returned is called for each that is done. */
  readonly count: (label: string, total: number) => () => void;
  /** Leaves the line empty, for what is written next. */
  readonly clear: () => void;
}

export const silentProgress: ProgressLine = {
  of: () => () => undefined,
  count: () => () => undefined,
  clear: () => undefined,
};

/** One line that is drawn over itself; silent where the stream is not a terminal. */
export const progressLine = (screen: Screen, now: () => number = Date.now): ProgressLine => {
  if (screen.isTTY !== true) return silentProgress;
  return {
    of: (label) => {
      const startedAt = now();
      let drawnAt = 0;
      return (done, total) => {
        if (now() - drawnAt < intervalMs && done !== total) return;
        drawnAt = now();
        const line = lineOf(label, done, total, (drawnAt - startedAt) / 1000);
        screen.write(`\r\u001b[K${line.slice(0, (screen.columns ?? 80) - 1)}`);
      };
    },
    count: (label, total) => {
      let done = 0;
      const draw = () => screen.write(`\r\u001b[K${label}  ${bar(done / total)}  ${done} / ${total}`);
      // At once: the first may take minutes.
      draw();
      return () => {
        done += 1;
        draw();
      };
    },
    clear: () => screen.write('\r\u001b[K'),
  };
};
