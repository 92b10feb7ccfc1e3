import { createServer } from 'node:http';
import { listen } from '#emulators/http/listen.ts';
import { hasCode, reasonOf, StartError } from './start-error.ts';

/** A service that has just been started answers its first request after seconds. */
const patienceMs = 10_000;

/** What GET /v2/component-versions of this service answers. */
const isThisService = async (port: number): Promise<boolean> => {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const answer = await fetch(`http://127.0.0.1:${port}/v2/component-versions`, { signal });
    return (await answer.text()).includes('"ove-ignition:');
  } catch {
    return false;
  }
};

const taken = async (port: number): Promise<StartError> =>
  new StartError(
    (await isThisService(port))
      ? `this service runs already, at http://127.0.0.1:${port}: use that one, or start another with --port and --data`
      : `port ${port} is taken: choose another one with --port`,
  );

/**
 * Finds out at the beginning what would else be found out at the end of a start.
 *
 * @throws StartError when nothing can listen on the port
 */
export const checkPort = async (port: number): Promise<void> => {
  try {
    const { close } = await listen(createServer(), port);
    await close();
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) throw await taken(port);
    throw new StartError(`cannot listen on port ${port}: ${reasonOf(error)}`);
  }
};
