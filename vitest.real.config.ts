import { mergeConfig } from 'vitest/config';
import config, { real } from './vitest.config.ts';

// `npm run test:real`: what needs a real openshift-install, named by OPENSHIFT_INSTALL.
export default mergeConfig({ test: { ...config.test, include: [], exclude: [] } }, { test: { include: [real] } });
