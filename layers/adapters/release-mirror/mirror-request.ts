import { CommandFailure } from '../command-failure.ts';

/** How long to bear with a mirror. */
export interface Patience {
  /** A connection that delivers nothing for so long counts as dropped. */
  readonly stallMs: number;
  /** Failures in a row, with nothing gained between them, before it is given up. */
  readonly attempts: number;
  /** Wait after the first of them; doubled with each further one, up to `longestDelayMs`. */
  readonly firstDelayMs: number;
}

export const usualPatience: Patience = { stallMs: 30_000, attempts: 6, firstDelayMs: 1_000 };

/** What may go better at the next attempt. Its message is a reason without advice. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const codeOf = (error: unknown): string => {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
};

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return codeOf(error) || (cause instanceof Error ? cause.message : 'unknown reason');
};

/** Names of OpenSSL's verdicts, as Node gives them. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|ALTNAME/;

/** What went wrong on the way. @throws CommandFailure when it is not worth another attempt */
const connectionFailure = (url: string, error: unknown): Interrupted => {
  const { host } = new URL(url);
  const code = codeOf(error);
  if (code === 'ENOTFOUND') {
    throw new CommandFailure(
      `${host} cannot be found: behind a proxy set HTTPS_PROXY, without internet use another address or --file`,
    );
  }
  if (untrusted.test(code)) {
    throw new CommandFailure(
      `the certificate of ${host} is not trusted (${code}): name the file of its certificate authority in NODE_EXTRA_CA_CERTS`,
    );
  }
  return new Interrupted(reasonOf(error));
};

/** For messages: the query of a presigned link is a key. */
export const withoutQuery = (url: string): string => url.replace(/\?.*/s, '');

const isWorthAnotherTry = (status: number): boolean => status >= 500 || status === 429 || status === 408;

/**
 * Asks a mirror for a file; undefined when it has none (HTTP 404, or 403 as a bucket says it). Bytes come as they are
 * stored: an archive that a server calls `Content-Encoding: gzip` would otherwise arrive unpacked.
 *
 * @returns a response of status 200, 206 or 416
 * @throws Interrupted; CommandFailure when another attempt would fail as well; the signal's reason
 */
export const request = async ({ url, headers, signal }: Asked): Promise<Response | undefined> => {
  const asked = { headers: { ...headers, 'accept-encoding': 'identity' }, signal };
  const response = await fetch(url, asked).catch((error) => {
    signal.throwIfAborted();
    throw connectionFailure(url, error);
  });
  const { status } = response;
  if ([200, 206, 416].includes(status)) return response;
  await response.body?.cancel();
  if (status === 404 || status === 403) return undefined;
  if (isWorthAnotherTry(status)) throw new Interrupted(`HTTP ${status}`);
  throw new CommandFailure(`${withoutQuery(url)} is answered with HTTP ${status}: check the address`);
};

/** The pieces of a response's content. @throws Interrupted when they break off */
export async function* piecesOf(response: Response): AsyncGenerator<Uint8Array> {
  try {
    yield* response.body ?? [];
  } catch (error) {
    throw connectionFailure(response.url, error);
  }
}
