import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { handlerBundle } from '#cdk/handler-bundle.ts';
import { errorFields } from '#runtime/logging.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const source = `interface Wanted { readonly name: string }

export const fail = ({ name }: Wanted): never => {
  throw Object.assign(new Error(name), { code: 'ERR_TEST' });
};
`;

/** What a module throws that is bundled as the functions are. */
const thrownByBundle = async ({ hasMap }: { readonly hasMap: boolean }): Promise<unknown> => {
  const folder = await temporaryFolder();
  const entry = join(folder, 'failing.ts');
  await writeFile(entry, source);
  await build({ ...handlerBundle('api', folder), entryPoints: { index: entry }, sourcemap: hasMap });
  const { fail } = await import(pathToFileURL(join(folder, 'index.mjs')).href);
  try {
    return fail({ name: 'secret' });
  } catch (error) {
    return error;
  }
};

describe('what the log says of an unexpected error in a bundle', () => {
  it('is its place in the TypeScript source, and its code, never its message', async () => {
    const fields = errorFields(await thrownByBundle({ hasMap: true }));
    expect(fields).toMatchObject({ error: 'Error', code: 'ERR_TEST' });
    expect(fields.at).toContainEqual(expect.stringMatching(/failing\.ts:4:\d+\)?$/));
    expect(JSON.stringify(fields)).not.toContain('secret');
  });

  it('is the place in the bundle where there is no map beside it', async () => {
    const { at } = errorFields(await thrownByBundle({ hasMap: false }));
    expect(at).toContainEqual(expect.stringMatching(/index\.mjs:\d+:\d+\)?$/));
  });
});
