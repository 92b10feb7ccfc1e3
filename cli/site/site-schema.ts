import * as z from 'zod';
import { siteShape } from './site-file.ts';

type Json = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const source = { $ref: '#/$defs/source' };

/** Every text of the API may come from a file or the environment. */
const withSources = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withSources);
  if (!isObject(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withSources(each)]));
  if (inner.type !== 'string' || 'enum' in inner) return inner;
  const { description, ...text } = inner;
  return { ...(description === undefined ? {} : { description }), anyOf: [text, source] };
};

const definition = {
  type: 'object',
  description: 'a text that a file or a variable of the environment holds',
  properties: { file: { type: 'string' }, env: { type: 'string' } },
  minProperties: 1,
  maxProperties: 1,
  additionalProperties: false,
};

/** The JSON Schema of a site's file, for editors: from the shapes of the API alone. */
export const siteSchema = (): Json => {
  const { $schema, $defs = {}, ...schema } = z.toJSONSchema(siteShape, { io: 'input', unrepresentable: 'any' });
  const filled = withSources({ ...schema, $defs }) as Json;
  return { $schema, title: 'Site', ...filled, $defs: { ...(filled.$defs as Json), source: definition } };
};
