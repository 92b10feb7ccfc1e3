import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '#contract/openapi.ts';
import { routes } from '#contract/routes.ts';

const document = openApiDocument();
const text = JSON.stringify(document);

describe('the OpenAPI document', () => {
  it('in docs/ is the one that the route table makes (npm run docs)', () => {
    const file = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(file)).toEqual(JSON.parse(text));
  });

  it('has every operation once', () => {
    const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
    expect(ids.toSorted()).toEqual(Object.keys(routes).toSorted());
  });

  it('refers only to schemas that it holds', () => {
    const { schemas } = document.components as { schemas: Record<string, unknown> };
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target);
    expect(references.length).toBeGreaterThan(0);
    for (const target of references)
      expect(Object.keys(schemas)).toContain(target.replace('#/components/schemas/', ''));
  });
});
