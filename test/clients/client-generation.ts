import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSource } from 'oazapfts';
import { writeWhole } from '#local/whole-file.ts';

/** The client's runtime is not typed for exactOptionalPropertyTypes; its answers are. */
const head = [
  '// @ts-nocheck',
  '// Generated; `any` is what the generator makes of objects and lists that the contract leaves open.',
];

const folder = join(import.meta.dirname, 'generated');
const ownClient = join(folder, 'own-client.ts');

/**
 * Writes generated/own-client.ts, a TypeScript client generated from docs/openapi.json: before all tests, and after an installation
 * for the compiler. Git does not keep it.
 */
export const setup = async (): Promise<void> => {
  const source = await generateSource(join(import.meta.dirname, '../../docs/openapi.json'));
  const text = `${head.join('\n')}\n${source}`;
  if ((await readFile(ownClient, 'utf8').catch(() => '')) === text) return;
  await mkdir(folder, { recursive: true });
  await writeWhole(ownClient, text);
};
