import { afterAll, vi } from 'vitest';

/** Everything that this process writes anywhere, from now until the file's tests have ended, in the place of writing it. */
export const capturedOutput = (): readonly string[] => {
  const output: string[] = [];
  const keep = (chunk: unknown): boolean => {
    output.push(String(chunk));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation((...parts) => {
      output.push(parts.map(String).join(' '));
    });
  }
  afterAll(() => vi.restoreAllMocks());
  return output;
};
