import { describe, expect, it } from 'vitest';
import { progressLine } from '#cli/progress.ts';

const terminal = (isTTY: boolean) => {
  const written: string[] = [];
  return { screen: { isTTY, columns: 80, write: (text: string) => written.push(text) }, written };
};

describe('the line of progress', () => {
  it('shows how much of what there is, and how fast', () => {
    const { screen, written } = terminal(true);
    let now = 1_000;
    const line = progressLine(screen, () => now);
    const progress = line.of('download');
    now += 2_000;
    progress(30_000_000, 120_000_000);
    expect(written).toEqual(['\r\u001b[Kdownload  [####            ] 25%  30.0 / 120.0 MB  15.0 MB/s']);
    line.clear();
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  it('shows the amount alone where the whole is unknown', () => {
    const { screen, written } = terminal(true);
    let now = 0;
    const progress = progressLine(screen, () => now).of('download');
    now += 1_000;
    progress(5_000_000, undefined);
    expect(written.join('')).toContain('download  5.0 MB  5.0 MB/s');
  });

  it('is drawn ten times a second at most, but always at the end', () => {
    const { screen, written } = terminal(true);
    let now = 1_000;
    const progress = progressLine(screen, () => now).of('download');
    for (let done = 1; done <= 100; done += 1) {
      now += 1;
      progress(done, 100);
    }
    expect(written).toHaveLength(2);
    expect(written.at(-1)).toContain('100%');
  });

  it('counts things, from none on', () => {
    const { screen, written } = terminal(true);
    progressLine(screen).count('sites', 2)();
    expect(written).toEqual([
      '\r\u001b[Ksites  [                ] 0%  0 / 2',
      '\r\u001b[Ksites  [########        ] 50%  1 / 2',
    ]);
  });

  it('never breaks into a second line', () => {
    const { screen, written } = terminal(true);
    progressLine({ ...screen, columns: 40 }, () => 1_000).of('download a very long name of a file')(1, 2);
    expect(written[0]?.replace('\r\u001b[K', '').length).toBeLessThan(40);
  });

  it('is silent where nobody looks', () => {
    const { screen, written } = terminal(false);
    const line = progressLine(screen);
    line.of('download')(1, 2);
    line.clear();
    expect(written).toEqual([]);
  });
});
