import { join } from 'node:path';
import { generateSource } from 'oazapfts';

/** The client's runtime is not typed for exactOptionalPropertyTypes; its answers are. */
const unchecked = '// @ts-nocheck\n';

/** Where it lies. */
export const ownClient = join(import.meta.dirname, 'own-client.ts');

/** The source of a TypeScript client, generated from docs/openapi.json. */
export const generatedClient = async (): Promise<string> =>
  `${unchecked}${await generateSource(join(import.meta.dirname, '../../docs/openapi.json'))}`;
