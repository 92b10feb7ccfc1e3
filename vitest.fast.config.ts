import { configDefaults, mergeConfig } from 'vitest/config';
import config from './vitest.config.ts';

/** Rooms of tests that only compute, and the tests of functions that need no table. */
const include = [
  'test/imports.test.ts',
  'test/{contract,docs,domain,runtime,statemachines}/**/*.test.ts',
  'test/functions/downloads/*.test.ts',
  'test/functions/api/{documentation-operations,iso-size}.test.ts',
  'test/functions/ignition/network-judgement.test.ts',
];

/** What in these rooms asks a service or another program besides: a shell, xorriso, cpio, Ignition. */
const exclude = [
  'test/domain/composition/patched-image.test.ts',
  'test/domain/**/*scripts.test.ts',
  'test/domain/ignition/standard/{initrd,oracle-cloud,standard-*}.test.ts',
  'test/domain/iso/{damage,find-file,read-layout}.test.ts',
  'test/statemachines/*.stored.test.ts',
];

// `npm run test:fast`, for the inner loop. Its set-up lets no process start, and nothing connect or listen.
export default mergeConfig(
  { test: { ...config.test, include: [], exclude: [], globalSetup: [] } },
  {
    test: {
      include,
      exclude: [...configDefaults.exclude, ...exclude],
      setupFiles: ['test/computing-only.ts'],
      // What only computes leaves nothing behind for the next file.
      isolate: false,
    },
  },
);
