import { readFileSync } from 'node:fs';

/** What the published API says of one value: names, types and limits only. */
export interface PublishedSchema {
  readonly type: 'string' | 'integer' | 'boolean' | 'array' | 'object';
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly 'x-nullable'?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, PublishedSchema>>;
  readonly items?: PublishedSchema;
}

export interface PublishedParameter extends Omit<PublishedSchema, 'required'> {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
}

export interface PublishedOperation {
  readonly method: string;
  readonly path: string;
  readonly body?: { readonly name: string; readonly schema: PublishedSchema };
  readonly parameters?: readonly PublishedParameter[];
}

const text = readFileSync(new URL('published-contract.json', import.meta.url), 'utf8');

/** Every operation of the published assisted-service API. */
export const publishedOperations: readonly PublishedOperation[] = JSON.parse(text).operations;

/** @param request method and path as published: `POST /v2/clusters` */
const publishedOperation = (request: string): PublishedOperation => {
  const found = publishedOperations.find(({ method, path }) => `${method} ${path}` === request);
  if (found === undefined) throw new Error(`the published API has no ${request}`);
  return found;
};

/** What clients that are generated for Python send unasked: every default of a body. */
export const generatedDefaults = (request: string): Record<string, unknown> => {
  const { properties = {} } = publishedOperation(request).body?.schema ?? {};
  const withDefault = Object.entries(properties).filter(([, schema]) => 'default' in schema);
  return Object.fromEntries(withDefault.map(([name, schema]) => [name, schema.default]));
};
