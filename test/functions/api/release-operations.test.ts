import { describe, expect, it } from 'vitest';
import { world } from './world.ts';

const { serve } = await world();
const call = serve();

describe('the known releases', () => {
  it.each([
    ['/v2/openshift-versions', ['4.21.0', '4.20.3', '4.20.1']],
    ['/v2/openshift-versions?only_latest=true', ['4.21.0', '4.20.3']],
    ['/v2/openshift-versions?only_latest=false&version=4.20', ['4.20.3', '4.20.1']],
    ['/v2/offline-openshift-versions', ['4.21.0', '4.20.3', '4.20.1']],
    ['/v2/offline-openshift-versions?version=4.21', ['4.21.0']],
  ])('%s', async (path, names) => {
    const { status, body } = await call('GET', path);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(names);
  });

  it('are sources too', async () => {
    const { body } = await call('GET', '/v2/release-sources');
    expect(body.map((source: { openshift_version: string }) => source.openshift_version)).toEqual(['4.21', '4.20']);
  });

  it('are not narrowed by what is no truth value', async () => {
    expect(await call('GET', '/v2/openshift-versions?only_latest=maybe')).toMatchObject({ status: 400 });
  });
});
