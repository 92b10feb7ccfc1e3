import { enableCompileCache } from 'node:module';
import { compileCache } from '#adapters/compile-cache.ts';
import type { Release } from '#domain/release/release.ts';
import { readArguments, usage } from './arguments.ts';
import { reasonOf, StartError } from './start-error.ts';
import { stopSignals } from './stop-signals.ts';

const aboutSample = (version: string): string =>
  `there is no real release yet, so this is the sample release ${version}, from which nothing can be installed: for a real one ` +
  'start again with `-- --release 4.20.3`, which gets it from the internet, or with `-- --installer PATH`, its openshift-install';

const showReleases = (releases: readonly Release[], isSample: (release: Release) => boolean): void => {
  const [release] = releases;
  if (release !== undefined && releases.every(isSample)) console.error(aboutSample(release.version));
};

/** Loaded only now: a mistake on the command line should be reported at once. */
const load = async () => {
  const [{ startLocal }, { mirrorAccess }, { isSample }] = await Promise.all([
    import('./local-stack.ts'),
    import('./mirror-access.ts'),
    import('#domain/release/sample-release.ts'),
  ]);
  return { startLocal, mirrorAccess, isSample };
};

const main = async (): Promise<void> => {
  const { help, versions, ...options } = readArguments(process.argv.slice(2), { env: process.env, cwd: process.cwd() });
  if (help) {
    console.log(usage);
    return;
  }
  enableCompileCache(compileCache);
  const stopping = stopSignals();
  const { startLocal, mirrorAccess, isSample } = await load();
  const { url, releases, close } = await startLocal({
    ...options,
    fromMirror: { versions, access: mirrorAccess(stopping.signal) },
    sampleIso: `${options.dataDir}/sample.iso`,
  });
  stopping.onStop(close);
  showReleases(releases, isSample);
  console.log(`listening on ${url}`);
  console.log(`open ${url}/ in a browser`);
};

try {
  await main();
} catch (error) {
  console.error(error instanceof StartError ? error.message : `cannot start: ${reasonOf(error)}`);
  process.exit(1);
}
