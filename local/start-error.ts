/** Why the local stack cannot start, in one line for the person who started it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The system's own word for a failure, e.g. `EACCES: permission denied, mkdir '/data'`. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
