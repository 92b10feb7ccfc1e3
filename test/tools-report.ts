import { missingTools } from './tools.ts';

/** Runs once around all tests. @throws Error without a program that a test needs, where OVE_REQUIRE_TOOLS is set */
export default (): (() => void) | undefined => {
  const missing = missingTools();
  if (missing === undefined) return undefined;
  if (process.env.OVE_REQUIRE_TOOLS !== undefined) throw new Error(`tests need ${missing}`);
  return () => console.error(`NOT RUN: the tests that need ${missing}`);
};
