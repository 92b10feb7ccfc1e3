import { buildPage } from '#web/page-build.ts';

/** Tests of the page are of what its present sources make. */
export const setup = buildPage;
