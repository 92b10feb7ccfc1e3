import { describe, expect, it } from 'vitest';
import type { InfraEnvSettings } from '#domain/infra-env/infra-env-settings.ts';
import { createBoth, download } from './client.ts';
import { landings } from './setting-samples.ts';
import { generations, runningStack } from './stack.ts';
import { expectTokensVerified } from './tokens.ts';

// What each generation makes of each setting is a test of the function (settings.test.ts); a change takes the same way
// whatever the binary. Of these two, the first invents nothing, and the second tokens that belong to the infra-env.
const installers = { '4.20.3': generations['4.20.3'], '4.22.1': generations['4.22.1'] };

const { api } = await runningStack({ installers });

const together = landings.filter(({ isVariant }) => !isVariant);
const all: InfraEnvSettings = Object.assign({}, ...together.map(({ given }) => given));

const releases = Object.entries(installers).map(([version, { generation }]) => ({ version, generation }));

describe.each(releases)('the settings of an infra-env of $version ($generation)', ({ version }) => {
  it('are in the ignition together from the start, and each is gone once it was cleared', async () => {
    const { infraEnvId } = await createBoth(api, version, all);
    const { text } = await download(api, infraEnvId);
    for (const { setting, look, expected } of together) {
      expect(look(text), setting).toEqual(expected);
    }
    for (const { setting, cleared, look, absent } of together) {
      expect((await api.patch(`/v2/infra-envs/${infraEnvId}`, cleared)).status).toBe(201);
      expect(look((await download(api, infraEnvId)).text), setting).toEqual(absent);
    }
  });
});

describe('a setting that is changed for 4.22.1', async () => {
  const { infraEnvId } = await createBoth(api, '4.22.1');
  const before = await download(api, infraEnvId);

  it.each(landings)('$setting, set later: is in the next ignition; and cleared: in none', async (landing) => {
    expect(landing.look(before.text)).toEqual(landing.absent);

    expect((await api.patch(`/v2/infra-envs/${infraEnvId}`, landing.given)).status).toBe(201);
    const changed = await download(api, infraEnvId);
    expect(landing.look(changed.text)).toEqual(landing.expected);
    expectTokensVerified(changed.text);

    expect((await api.patch(`/v2/infra-envs/${infraEnvId}`, landing.cleared)).status).toBe(201);
    const { text } = await download(api, infraEnvId);
    expectTokensVerified(text);
    expect(text).toBe(before.text);
  });
});
