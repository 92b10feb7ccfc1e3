import type * as z from 'zod';
import { type Components, createComponents, type Json } from './openapi/components.ts';
import { tags, tagsOf } from './openapi/operation-tags.ts';
import { refusalsOf } from './openapi/refusals.ts';
import { securityOf, securitySchemes } from './openapi/security.ts';
import { basePath, type Route, routes } from './route-table.ts';

const parameters = (place: 'path' | 'query', schema: z.ZodObject, components: Components): Json[] =>
  Object.entries(schema.shape).map(([name, field]) => {
    const { description, ...rest } = components.add(field as z.ZodType, 'input');
    return {
      name,
      in: place,
      required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });

const requestBody = ({ body }: Route, components: Components): Json => {
  if (body === undefined) return {};
  const { schema, example } = body;
  const content = { schema: components.add(schema, 'input'), ...(example === undefined ? {} : { example }) };
  return { requestBody: { required: true, content: { 'application/json': content } } };
};

const content = ({ answer, media }: Route, components: Components): Json => {
  if (media !== undefined) return { content: { [media]: {} } };
  if (answer === undefined) return {};
  return { content: { 'application/json': { schema: components.add(answer, 'output') } } };
};

const success = (route: Route, components: Components): Json => ({
  description: route.status === 302 ? 'A redirect to the presigned link' : 'Success',
  ...(route.status === 302 ? { headers: { Location: { schema: { type: 'string', format: 'uri' } } } } : {}),
  ...content(route, components),
});

const operation = (id: string, route: Route, components: Components): Json => ({
  operationId: id,
  tags: tagsOf(id),
  summary: route.summary,
  security: securityOf[route.access],
  parameters: [...parameters('path', route.parameters, components), ...parameters('query', route.query, components)],
  ...requestBody(route, components),
  responses: {
    [String(route.status)]: success(route, components),
    ...(route.empty === undefined ? {} : { '204': { description: route.empty } }),
    ...refusalsOf(route, components),
  },
});

/** The API's contract as an OpenAPI 3.1 document, from the route table alone. */
export const openApiDocument = (): Json => {
  const components = createComponents();
  const paths: Record<string, Record<string, Json>> = {};
  for (const [id, route] of Object.entries<Route>(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(id, route, components) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'ove-ignition',
      version: '0.2.0',
      description:
        'Settings in, ignition of the OVE ISO out: a part of the assisted-service API. Register a cluster, register an ' +
        'infra-env of type `disconnected-iso` for it, download its `discovery.ign`.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: basePath }, { url: '/' }],
    tags,
    paths,
    components: { schemas: components.schemas, securitySchemes },
  };
};
