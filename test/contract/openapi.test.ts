import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '#contract/openapi.ts';
import { type Route, routes } from '#contract/route-table.ts';
import { errorNames, ServiceError } from '#domain/errors.ts';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

interface Document {
  readonly info: { readonly version: string };
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

const text = JSON.stringify(openApiDocument());
const document: Document = JSON.parse(text);
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
const table = Object.entries<Route>(routes);

const operationOf = (id: string): Operation => {
  const found = operations.find(({ operationId }) => operationId === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found;
};

it('is of the version of this project', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(document.info.version).toBe(version);
});

describe('the OpenAPI document', () => {
  it('in docs/ is the one that the route table makes (npm run docs)', () => {
    const file = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(file)).toEqual(JSON.parse(text));
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(JSON.parse(text))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('has every operation once', () => {
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  it('has every operation in one group, and no empty group', () => {
    const groups = operations.map(({ operationId, tags }) => [operationId, tags.length]);
    expect(groups).toEqual(operations.map(({ operationId }) => [operationId, 1]));
    const used = new Set(operations.flatMap(({ tags }) => tags));
    expect(document.tags.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([]);
  });

  it('names every variable of a path', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { operationId, parameters } of Object.values(methods)) {
        const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
        expect([operationId, named]).toEqual([operationId, variables]);
      }
    }
  });

  it('refers only to schemas that it holds', () => {
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target);
    expect(references.length).toBeGreaterThan(0);
    for (const target of references)
      expect(Object.keys(document.components.schemas)).toContain(target.replace('#/components/schemas/', ''));
  });

  it.each([
    ['user', ['user']],
    ['image', ['user', 'imageToken', 'imageTokenParameter', 'apiKeyParameter']],
    ['link', []],
    ['public', []],
  ] as const)('says of access %s that any of %j is enough', (access, names) => {
    const ids = table.filter(([, route]) => route.access === access).map(([id]) => id);
    for (const id of ids) {
      expect([id, operationOf(id).security.flatMap((scheme) => Object.keys(scheme))]).toEqual([id, names]);
    }
    for (const name of names) expect(Object.keys(document.components.securitySchemes)).toContain(name);
  });

  it.each([
    ['RegisterCluster', ['201', '400', '401', '403', '409', '500', '501', '503']],
    ['RegisterInfraEnv', ['201', '400', '401', '403', '404', '409', '500', '501', '503']],
    ['ListClusters', ['200', '400', '401', '406', '500', '503']],
    ['GetInfraEnv', ['200', '400', '401', '403', '404', '500', '503']],
    ['PresignInfraEnvFile', ['200', '400', '401', '404', '409', '500', '501', '503', '504']],
    ['Health', ['200', '500']],
  ])('says what may come back from %s', (id, statuses) => {
    expect(Object.keys(operationOf(id).responses)).toEqual(statuses);
  });

  it('says of every status of the table of errors where it occurs', () => {
    const said = new Set(operations.flatMap(({ responses }) => Object.keys(responses)));
    const statuses = new Set(errorNames.map((name) => String(new ServiceError(name, '').status)));
    expect([...statuses].filter((status) => !said.has(status))).toEqual([]);
  });

  it('gives examples that the operations take', () => {
    const examples = table.flatMap(([id, { body }]) => (body?.example === undefined ? [] : [{ id, ...body }]));
    expect(examples.map(({ id }) => id)).toContain('RegisterInfraEnv');
    for (const { id, schema, example } of examples) {
      expect([id, schema.safeParse(example).error]).toEqual([id, undefined]);
    }
  });
});
