import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routes } from '#contract/route-table.ts';
import { clusterCreateParams, clusterUpdateParams } from '#domain/cluster/cluster-settings.ts';
import { infraEnvCreateParams, infraEnvUpdateParams } from '#domain/infra-env/infra-env-settings.ts';
import { newCluster, newInfraEnv, registerCluster, world } from './world.ts';

const { serve } = await world();
const call = serve();

const clusterId = await registerCluster(call);
const infraEnvId = (await call('POST', '/v2/infra-envs', newInfraEnv(undefined))).body.id;

const place = { folder: 'manifests', file_name: 'a.json' };
const manifest = { ...place, content: Buffer.from('{}').toString('base64') };

/** Values that have broken parsers before, beside arbitrary JSON. */
const value = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '\u0000',
    '\n',
    '__proto__',
    '[object Object]',
    '::',
    '0.0.0.0/0',
    'a'.repeat(10_000),
    [null],
    [{}],
    {},
    -1,
    1e308,
  ),
);

/** A valid body in which some of the fields that the schema names have any value. */
const bodies = (valid: object, shape: object) =>
  fc
    .dictionary(fc.constantFrom(...Object.keys(shape)), value, { maxKeys: 4 })
    .map((fields) => ({ ...valid, ...fields }));

describe.each([
  ['POST', '/v2/clusters', newCluster, clusterCreateParams.shape],
  ['PATCH', `/v2/clusters/${clusterId}`, {}, clusterUpdateParams.shape],
  ['POST', '/v2/infra-envs', newInfraEnv(undefined), infraEnvCreateParams.shape],
  ['PATCH', `/v2/infra-envs/${infraEnvId}`, {}, infraEnvUpdateParams.shape],
  ['POST', `/v2/clusters/${clusterId}/manifests`, manifest, routes.CreateClusterManifest.body.schema.shape],
  ['PATCH', `/v2/clusters/${clusterId}/manifests`, place, routes.UpdateClusterManifest.body.schema.shape],
])('%s %s', (method, path, valid, shape) => {
  it('answers any values of its fields with a success or a reason', async () => {
    const property = fc.asyncProperty(bodies(valid, shape), async (body) => {
      const answer = await call(method, path, body);
      expect([200, 201, 400, 404, 409]).toContain(answer.status);
      if (Number(answer.status) >= 400) expect(answer.body.reason ?? answer.body.message).toMatch(/\S/);
    });
    await fc.assert(property, { numRuns: 100 });
  });
});

describe.each([
  ['PATCH', `/v2/clusters/${clusterId}/install-config`],
  ['PUT', `/v2/clusters/${clusterId}/ui-settings`],
])('%s %s', (method, path) => {
  it('answers any text with a success or a reason, and can be read afterwards', async () => {
    const overrides = bodies({}, { platform: {}, fips: {}, compute: {}, sshKey: {} }).map((body) =>
      JSON.stringify(body),
    );
    const property = fc.asyncProperty(fc.oneof(overrides, fc.json(), fc.string({ unit: 'binary' })), async (text) => {
      expect([200, 201, 400]).toContain((await call(method, path, text)).status);
      expect((await call('GET', path)).status).toBe(200);
    });
    await fc.assert(property, { numRuns: 100 });
  });
});
