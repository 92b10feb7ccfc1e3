import { readPackageFile } from '#adapters/package-files.ts';
import { RequestError } from '#contract/error-answer.ts';
import type { PageSettings } from '#contract/routes/page-routes.ts';
import type { Operations } from '#runtime/operation.ts';
import { contentSecurityPolicy, safe } from './page-headers.ts';

type PageOperations = Operations<'GetPage' | 'GetPageSettings' | 'GetPageFile'>;

export interface PageDependencies {
  readonly settings: PageSettings;
  /** Origins that the page asks when somebody signs in. */
  readonly signInOrigins: readonly string[];
}

const medias: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  woff2: 'font/woff2',
  png: 'image/png',
  jpg: 'image/jpeg',
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';

/** @throws RequestError (404) */
const builtFile = async (path: string): Promise<Buffer> => {
  try {
    return await readPackageFile(`#web/dist/${path}`);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new RequestError(404, `the page has no file ${path}: reload it; if it was never built, run npm run page`);
  }
};

/** Texts are there as the build has compressed them. @throws RequestError (404) */
const contentOf = async (file: string, media: string) =>
  media.endsWith('utf-8')
    ? { content: await builtFile(`page/${file}.gz`), encoding: { 'content-encoding': 'gzip' } }
    : { content: await builtFile(`page/${file}`), encoding: {} };

/** The page for people, as `npm run page` builds it. */
export const pageOperations = ({ settings, signInOrigins }: PageDependencies): PageOperations => {
  const policy = contentSecurityPolicy({ loadsFonts: true, asks: signInOrigins });
  return {
    GetPage: async () => ({
      content: (await builtFile('index.html')).toString('utf8'),
      // It names the files of its own build: a page from a cache would ask for those of an older one.
      headers: { 'cache-control': 'no-cache', ...safe, 'content-security-policy': policy },
    }),
    GetPageSettings: async () => ({ body: settings, headers: { 'cache-control': 'no-cache' } }),
    GetPageFile: async ({ parameters: { file } }) => {
      const media = medias[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      const { content, encoding } = await contentOf(file, media);
      return {
        content,
        headers: {
          'content-type': media,
          ...encoding,
          'cache-control': 'public, max-age=31536000, immutable',
          ...safe,
        },
      };
    },
  };
};
