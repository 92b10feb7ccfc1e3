import { createServer } from 'node:http';
import { listen } from '#emulators/http/listen.ts';
import { hasCode, reasonOf, StartError } from './start-error.ts';

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
    if (hasCode(error, 'EADDRINUSE')) throw new StartError(`port ${port} is taken: choose another one with --port`);
    throw new StartError(`cannot listen on port ${port}: ${reasonOf(error)}`);
  }
};
