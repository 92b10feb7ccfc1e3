import { readFileSync } from 'node:fs';
import { retries } from './retries.ts';

/** The state machines, each with its definition `<name>.asl.json` beside this file. */
export const machineNames = ['disconnected-transition', 'prepare-media'] as const;
export type MachineName = (typeof machineNames)[number];

const placeholder = /^\$\{retry\.(\w+)\}$/;

const isKind = (name: string): name is keyof typeof retries => Object.hasOwn(retries, name);

const expanded = (key: string, value: unknown): unknown => {
  if (key !== 'Retry' || typeof value !== 'string') return value;
  const [, kind = ''] = placeholder.exec(value) ?? [];
  if (!isKind(kind)) throw new Error(`state machines: there is no ${value} in retries.ts`);
  return retries[kind];
};

/** JSON text with its Retry blocks put in. @throws Error when it names a kind of Retry that retries.ts does not have */
export const withRetries = (text: string): string => JSON.stringify(JSON.parse(text, expanded));

/**
 * A definition in the Amazon States Language, JSON text. What is left in it as `${Name}` is for the stack to substitute.
 */
export const definitionText = (name: MachineName): string =>
  withRetries(readFileSync(new URL(`${name}.asl.json`, import.meta.url), 'utf8'));
