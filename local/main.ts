import { enableCompileCache } from 'node:module';
import { readArguments, usage } from './arguments.ts';
import { compileCache } from './compile-cache.ts';
import { reasonOf, StartError } from './start-error.ts';

const howToAdd =
  'no release is known yet, so no cluster can be registered: add one with `npm run release -- add VERSION`, ' +
  'or start again with --installer PATH, where PATH is its openshift-install';

const stopOnSignal = (close: () => Promise<void>): void => {
  let stopping = false;
  const stop = async (): Promise<void> => {
    // Asked for a second time, it is impatience: what is on disk survives that too.
    if (stopping) process.exit(1);
    stopping = true;
    await close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
};

const main = async (): Promise<void> => {
  const { help, ...options } = readArguments(process.argv.slice(2), { env: process.env, cwd: process.cwd() });
  if (help) {
    console.log(usage);
    return;
  }
  enableCompileCache(compileCache);
  // Loaded only now: a mistake on the command line should be reported at once.
  const { startLocal } = await import('./local-stack.ts');
  const { url, releases, close } = await startLocal(options);
  stopOnSignal(close);
  if (releases.length === 0) console.error(howToAdd);
  console.log(`listening on ${url}`);
};

try {
  await main();
} catch (error) {
  console.error(error instanceof StartError ? error.message : `cannot start: ${reasonOf(error)}`);
  process.exit(1);
}
