import * as z from 'zod';
import { none, type Route } from './route.ts';

/** The viewer's own files. */
const viewerFiles = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'] as const;

/** By the names of their package and file. */
export const viewerPackageFiles = viewerFiles.map((file) => `swagger-ui-dist/${file}` as const);

/** All files that the documentation page loads: there is nothing else below its path. */
const pageFiles = [...viewerFiles, 'start.js'] as const;
export type PageFile = (typeof pageFiles)[number];

/** The API's own contract, for programs and for people. */
export const documentationRoutes = {
  GetOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document',
    function: 'api',
    access: 'public',
    status: 200,
    parameters: none,
    query: none,
    media: 'application/json',
  },
  GetDocumentation: {
    method: 'GET',
    path: '/docs',
    summary: 'This document as a page for people',
    function: 'api',
    access: 'public',
    status: 200,
    parameters: none,
    query: none,
    media: 'text/html; charset=utf-8',
  },
  GetDocumentationFile: {
    method: 'GET',
    path: '/docs/{file}',
    summary: 'A file that the page loads',
    function: 'api',
    access: 'public',
    status: 200,
    parameters: z.object({ file: z.enum(pageFiles) }),
    query: none,
    media: 'application/octet-stream',
  },
} as const satisfies Record<string, Route>;
