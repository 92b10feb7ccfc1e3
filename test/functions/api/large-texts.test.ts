import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { routes } from '#contract/route-table.ts';
import { newCluster, newInfraEnv, registerCluster, world } from './world.ts';

const { serve } = await world();
const call = serve();
const clusterId = await registerCluster(call);
const infraEnvId = (await call('POST', '/v2/infra-envs', newInfraEnv(undefined))).body.id;
const manifest = { folder: 'manifests', file_name: 'a.json', content: 'e30=' };

type Schema = z.core.JSONSchema.BaseSchema;
type Body = readonly [place: string, value: unknown];

/** Bodies of the shape that a schema describes, one for each text in it, with this text in that place alone. */
const bodies = (document: z.ZodType, text: string): readonly Body[] => {
  const root: Schema = z.toJSONSchema(document, { io: 'input', unrepresentable: 'any' });
  const resolved = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : (root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? root);
  const walk = (schema: Schema): readonly Body[] => {
    const { anyOf = [], properties = {}, items, type } = resolved(schema);
    const types: readonly unknown[] = [type].flat();
    if (types.includes('string')) return [['', text]];
    if (types.includes('array')) return walk(items as Schema).map(([place, value]) => [`[]${place}`, [value]]);
    const members = Object.entries(properties).flatMap(([key, member]) =>
      walk(member as Schema).map(([place, value]): Body => [`.${key}${place}`, { [key]: value }]),
    );
    return [...anyOf.flatMap((option) => walk(option as Schema)), ...members];
  };
  return walk(root);
};

const megabytes = 5_000_000;
const texts = {
  'one word': 'a'.repeat(megabytes),
  'a list': 'a,'.repeat(megabytes / 2),
  'many levels': `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
};

const { RegisterCluster, UpdateCluster, RegisterInfraEnv, UpdateInfraEnv } = routes;
const operations = [
  ['POST', '/v2/clusters', newCluster, RegisterCluster.body.schema],
  ['PATCH', `/v2/clusters/${clusterId}`, {}, UpdateCluster.body.schema],
  ['POST', '/v2/infra-envs', newInfraEnv(undefined), RegisterInfraEnv.body.schema],
  ['PATCH', `/v2/infra-envs/${infraEnvId}`, {}, UpdateInfraEnv.body.schema],
  ['POST', `/v2/clusters/${clusterId}/manifests`, manifest, routes.CreateClusterManifest.body.schema],
  ['PATCH', `/v2/clusters/${clusterId}/manifests`, manifest, routes.UpdateClusterManifest.body.schema],
] as const;

describe.each(Object.keys(texts) as (keyof typeof texts)[])('%s without end', (kind) => {
  // A PATCH has the fields of the POST, and reads them by the same rules.
  it.each(kind === 'one word' ? operations : operations.filter(([method]) => method === 'PATCH'))(
    'in any text of %s %s is taken, or refused in a few words',
    async (method, path, valid, schema) => {
      for (const [place, fields] of bodies(schema, texts[kind])) {
        const { status, body } = await call(method, path, { ...valid, ...(fields as object) });
        expect.soft(Number(status), place).toBeLessThan(500);
        if (Number(status) >= 400) expect.soft(JSON.stringify(body).length, place).toBeLessThan(10_000);
      }
    },
    120_000,
  );

  it.each([
    ['PATCH', `/v2/clusters/${clusterId}/install-config`],
    ['PUT', `/v2/clusters/${clusterId}/ui-settings`],
  ])('as the body of %s %s is taken or refused', async (method, path) => {
    expect(Number((await call(method, path, texts[kind])).status)).toBeLessThan(500);
  });
});
