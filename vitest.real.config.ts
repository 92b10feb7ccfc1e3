import { defineConfig } from 'vitest/config';
import { withPrograms } from './vitest.config.ts';

// `npm run test:real`: what needs a real openshift-install, named by OPENSHIFT_INSTALL.
export default defineConfig({ test: { ...withPrograms, include: ['test/real/**/*.test.ts'] } });
