import { failure, type ServiceError } from '#domain/errors.ts';

/** How long getting and running the binary may take. */
export interface TimeLimit {
  /** Milliseconds that are left; 1 at least. */
  readonly leftMs: () => number;
  readonly signal: AbortSignal;
  readonly expired: () => ServiceError;
}

interface Allowance {
  readonly timeoutSeconds: number;
  /** Milliseconds until Lambda ends the invocation. */
  readonly remainingMs: () => number;
}

/** Milliseconds kept for what follows a timeout: killing the binary, removing its folder, writing the event. */
const reserveMs = 5_000;

/** @throws InstallerTimeout when the invocation is about to end anyway */
export const startTimeLimit = ({ timeoutSeconds, remainingMs }: Allowance): TimeLimit => {
  const atStart = remainingMs();
  const allowedMs = Math.min(timeoutSeconds * 1000, atStart - reserveMs);
  const expired = () => failure('InstallerTimeout', { seconds: Math.max(0, Math.round(allowedMs / 1000)) });
  if (allowedMs <= 0) throw expired();
  return {
    leftMs: () => Math.max(1, allowedMs - (atStart - remainingMs())),
    signal: AbortSignal.timeout(Math.ceil(allowedMs)),
    expired,
  };
};
