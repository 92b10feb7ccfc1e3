import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { compileCache } from './layers/adapters/compile-cache.ts';
import { patience } from './test/patience.ts';

// For the workers, and for all programs that tests start: most of a short life is compiling.
process.env.NODE_COMPILE_CACHE ??= compileCache;

/** Rooms of tests that only compute, and the tests of functions that need no table. */
const computingRooms = [
  'test/imports.test.ts',
  'test/{contract,docs,domain,runtime,statemachines}/**/*.test.ts',
  'test/functions/downloads/*.test.ts',
  'test/functions/api/{documentation-operations,iso-size}.test.ts',
  'test/functions/ignition/network-judgement.test.ts',
];

/** What in these rooms asks a service or another program besides: a shell, xorriso, cpio, Ignition, a browser. */
const otherwise = [
  'test/contract/published-contract.test.ts',
  'test/docs/releases.test.ts',
  'test/domain/composition/patched-image.test.ts',
  'test/domain/infra-env/ignition-agreement.test.ts',
  'test/domain/installation/config-archive.test.ts',
  'test/domain/**/*scripts.test.ts',
  'test/domain/ignition/standard/{initrd,oracle-cloud,standard-*}.test.ts',
  'test/domain/iso/{damage,find-file,read-layout}.test.ts',
  'test/functions/downloads/image-page.test.ts',
  'test/statemachines/*.stored.test.ts',
];

const computing = globSync(computingRooms, { exclude: otherwise });

const programs = globSync(
  [
    'test/{adapters,cdk,cli,emulators,functions,stand-ins}/**/*.test.ts',
    'test/local/{setup,pack/*}.test.ts',
    ...otherwise,
  ],
  { exclude: computing },
);

/** What every test of this project runs with. */
export const settings = {
  environment: 'node',
  env: { POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_LOG_LEVEL: 'ERROR', POWERTOOLS_SERVICE_NAME: 'test' },
  testTimeout: 2 * patience.timeout,
  hookTimeout: 2 * patience.timeout,
  expect: { poll: patience },
  setupFiles: ['test/ending.ts'],
};

/** Runs once around all tests. */
export const around = ['test/tools-report.ts', 'test/rights-report.ts'];

/** The client, the page and the bundled functions of the present sources, for the tests that use them. */
const withMade = {
  ...settings,
  globalSetup: ['test/clients/client-generation.ts', 'test/built-page.ts', 'test/built-functions.ts'],
};

export default defineConfig({
  test: {
    // Two workers on two cores leave a fourth of the time idle: tests wait for processes and sockets.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    globalSetup: around,
    projects: [
      {
        // `npm run test:fast`, for the inner loop. Its set-up lets no process start, and nothing connect or listen; so
        // a file leaves nothing behind for the next one.
        test: {
          ...settings,
          name: 'computing',
          include: computing,
          setupFiles: [...settings.setupFiles, 'test/computing-only.ts'],
          isolate: false,
        },
      },
      {
        // What starts programs of its own, or asks stand-ins in its own process, and cleans up behind itself.
        test: {
          ...withMade,
          name: 'programs',
          include: programs,
          isolate: false,
        },
      },
      {
        // What runs a whole stack, for whose processes it sets the environment. `test/real` is vitest.real.config.ts.
        test: {
          ...withMade,
          name: 'stacks',
          setupFiles: ['test/own-environment.ts', ...settings.setupFiles],
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: [...computing, ...programs, 'test/real/**'],
        },
      },
    ],
  },
});
