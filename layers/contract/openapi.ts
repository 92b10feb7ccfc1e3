import * as z from 'zod';
import { operationError, requestError } from './errors.ts';
import { basePath, type Route, routes } from './routes.ts';

type Json = Readonly<Record<string, unknown>>;

const defsPath = '#/$defs/';
const componentsPath = '#/components/schemas/';

/** JSON Schema of what a client sends (`input`) or gets (`output`), with references as OpenAPI spells them. */
const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const generated = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return JSON.parse(JSON.stringify(generated).replaceAll(defsPath, componentsPath));
};

/** Collects the named schemas of the document while its operations are written. */
const createComponents = () => {
  const schemas: Record<string, unknown> = {};
  const add = (schema: z.ZodType, io: 'input' | 'output'): Json => {
    const { $schema, $defs, id, ...rest } = jsonSchema(schema, io);
    for (const [name, { id: _, ...definition }] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
      schemas[name] = definition;
    }
    if (typeof id !== 'string') return rest;
    schemas[id] = rest;
    return { $ref: `${componentsPath}${id}` };
  };
  return { schemas, add };
};

type Components = ReturnType<typeof createComponents>;

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

const json = (schema: Json): Json => ({ 'application/json': { schema } });

const success = ({ status, answer, media }: Route, components: Components): Json => ({
  description: status === 302 ? 'A redirect to the presigned link' : 'Success',
  ...(status === 302 ? { headers: { Location: { schema: { type: 'string', format: 'uri' } } } } : {}),
  ...(answer === undefined ? {} : { content: json(components.add(answer, 'output')) }),
  ...(media === undefined ? {} : { content: { [media]: {} } }),
});

const refusals = (components: Components): Json => ({
  '4XX': {
    description: 'A refusal; 401, 405 and a request of the wrong shape have the shorter body',
    content: json({ anyOf: [components.add(operationError, 'output'), components.add(requestError, 'output')] }),
  },
  '5XX': { description: 'A failure of the service', content: json(components.add(operationError, 'output')) },
});

const operation = (id: string, route: Route, components: Components): Json => ({
  operationId: id,
  summary: route.summary,
  ...(route.access === 'public' ? { security: [] } : {}),
  parameters: [...parameters('path', route.parameters, components), ...parameters('query', route.query, components)],
  ...(route.body === undefined
    ? {}
    : { requestBody: { required: true, content: json(components.add(route.body.schema, 'input')) } }),
  responses: { [String(route.status)]: success(route, components), ...refusals(components) },
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
      version: '1.0.0',
      description: 'Settings in, ignition of the OVE ISO out: a part of the assisted-service API',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: basePath }, { url: '/' }],
    security: [{ authorizer: [] }],
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        authorizer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A JSON Web Token, or an IAM signature where the stack was deployed without a JWT issuer',
        },
      },
    },
  };
};
