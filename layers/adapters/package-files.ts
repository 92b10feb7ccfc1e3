import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const fromHere = createRequire(import.meta.url);

/**
 * Reads a file of an installed package, found as Node finds modules: from the source in the project's `node_modules`,
 * from a deployed bundle in the one that lies beside it (cdk/bundle.ts).
 *
 * @param name of the package and the file, e.g. `swagger-ui-dist/swagger-ui.css`
 */
export const readPackageFile = (name: string): Promise<Buffer> => readFile(fromHere.resolve(name));
