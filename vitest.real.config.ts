import { defineConfig } from 'vitest/config';
import { around, settings } from './vitest.config.ts';

// `npm run test:real`: what needs a real openshift-install, named by OPENSHIFT_INSTALL.
export default defineConfig({ test: { ...settings, globalSetup: around, include: ['test/real/**/*.test.ts'] } });
