import { readPackageFile } from '#adapters/package-files.ts';
import { openApiDocument } from '#contract/openapi.ts';
import type { PageFile } from '#contract/routes/documentation-routes.ts';
import type { Operations } from '#runtime/operation.ts';
import { documentationPage, startScript } from './documentation-page.ts';
import { contentSecurityPolicy, safe } from './page-headers.ts';

type DocumentationOperations = Operations<'GetOpenApi' | 'GetDocumentation' | 'GetDocumentationFile'>;

/** Files of a package change with its version; the page and the document may with each deployment. */
const cached = (seconds: number) => ({ 'cache-control': `public, max-age=${seconds}` });
const [minutes, day] = [cached(300), cached(86_400)];

const fromPackage = (name: PageFile) => readPackageFile(`swagger-ui-dist/${name}`);
const text = async (name: PageFile) => (await fromPackage(name)).toString('utf8');

const files: Readonly<Record<PageFile, { media: string; read: () => Promise<string | Uint8Array> }>> = {
  'swagger-ui.css': { media: 'text/css; charset=utf-8', read: () => text('swagger-ui.css') },
  'swagger-ui-bundle.js': { media: 'text/javascript; charset=utf-8', read: () => text('swagger-ui-bundle.js') },
  'favicon-32x32.png': { media: 'image/png', read: () => fromPackage('favicon-32x32.png') },
  'start.js': { media: 'text/javascript; charset=utf-8', read: async () => startScript },
};

let document: string | undefined;

/** Written at the first request for it: most invocations never need it. */
const openApiText = (): string => {
  document ??= `${JSON.stringify(openApiDocument())}\n`;
  return document;
};

/** The API's contract, and a page that shows it. */
export const documentationOperations = (): DocumentationOperations => ({
  GetOpenApi: async () => ({ content: openApiText(), headers: { ...minutes, ...safe } }),
  GetDocumentation: async () => ({
    content: documentationPage,
    headers: { ...minutes, ...safe, 'content-security-policy': contentSecurityPolicy() },
  }),
  GetDocumentationFile: async ({ parameters: { file } }) => {
    const { media, read } = files[file];
    return { content: await read(), headers: { 'content-type': media, ...day, ...safe } };
  },
});
