import { afterAll } from 'vitest';
import { runEndSteps } from './fakes/at-end.ts';

// For every file: what it has started ends with it, also where the next one shares its process.
afterAll(runEndSteps);
