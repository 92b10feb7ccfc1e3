import { afterAll, vi } from 'vitest';

const before = { ...process.env };

// Stacks are told by variables where each other's parts are, and clients are made when a module is loaded: a file that shares
// a process finds the environment of a new one, and loads the project's own modules for itself.
afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  vi.resetModules();
});
