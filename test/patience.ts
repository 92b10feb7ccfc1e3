/**
 * How long a test waits for what it waits for, in milliseconds. A guard against waiting for ever, never an assertion: a
 * busy machine may take as long as it needs.
 */
export const patience = { timeout: 120_000, interval: 20 };
