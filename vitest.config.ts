import { configDefaults, defineConfig } from 'vitest/config';
import { patience } from './test/patience.ts';

/** Tests that need a real openshift-install: `npm run test:real`. */
export const real = 'test/real/**/*.test.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, real],
    environment: 'node',
    globalSetup: ['test/tools-report.ts', 'test/clients/client-generation.ts'],
    env: { POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_LOG_LEVEL: 'ERROR', POWERTOOLS_SERVICE_NAME: 'test' },
    testTimeout: 2 * patience.timeout,
    hookTimeout: 2 * patience.timeout,
    expect: { poll: patience },
    // Much of the time goes by waiting for processes and sockets: one worker per core, not one less.
    maxWorkers: '100%',
  },
});
