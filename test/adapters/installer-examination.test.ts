import { describe, expect, it } from 'vitest';
import { unfamiliarIn } from '#domain/ignition/examination/familiar.ts';
import { type Behaviour, generations } from '#local/sample-release/openshift-install/make-installer.ts';
import { examinedStandIn, profileOfGeneration } from '#test/fakes/installer-profile.ts';

const service = '/usr/local/share/assisted-service/assisted-service.env';
const rendezvous = '/etc/assisted/rendezvous-host.env';

const tokens = [
  { path: rendezvous, name: 'PULL_SECRET_TOKEN' },
  { path: rendezvous, name: 'USER_AUTH_TOKEN' },
  { path: `${rendezvous}.template`, name: 'PULL_SECRET_TOKEN' },
  { path: `${rendezvous}.template`, name: 'USER_AUTH_TOKEN' },
  { path: service, name: 'USER_AUTH_TOKEN' },
  { path: service, name: 'WATCHER_AUTH_TOKEN' },
];
const key = { path: service, name: 'EC_PUBLIC_KEY_PEM' };
const infraEnvId = { path: service, name: 'INFRA_ENV_ID' };

/** As the measured builds do . */
const measured = {
  G1: { interactive: true, mirrors: true, networks: ['discarded', false], mode: 0o644, timeout: '60' },
  G2: { interactive: true, mirrors: true, networks: ['discarded', true], mode: 0o644, timeout: '300' },
  G2z: { interactive: false, mirrors: false, networks: ['arrive', false], mode: 0o644, timeout: '300' },
  G3: { interactive: false, mirrors: false, networks: ['discarded', true], mode: 0o644, timeout: '300' },
  G4: { interactive: false, mirrors: false, networks: ['arrive', false], mode: 0o600, timeout: '300' },
} as const;

describe.each(generations)('the examination of %s', (generation) => {
  const expected = measured[generation];

  it('finds out what it does', async () => {
    const profile = await profileOfGeneration(generation);
    expect({
      interactive: profile.flags.includes('--interactive'),
      mirrors: profile.mirrors,
      networks: [profile.networks?.besideAddress, profile.networks?.makeRendezvousHost],
      mode: profile.files[rendezvous],
      timeout: profile.units['pre-network-manager-config.service']?.timeout,
    }).toEqual(expected);
    expect([profile.lacks, profile.unsteady]).toEqual([[], []]);
  });

  it('finds out what each run invents, and what verifies the tokens', async () => {
    const { invented, authentication } = await profileOfGeneration(generation);
    expect(authentication).toEqual(generation === 'G4' ? { key, tokens: expect.any(Array) } : undefined);
    expect(new Set(authentication?.tokens ?? [])).toEqual(new Set(generation === 'G4' ? tokens : []));
    expect(new Set(invented)).toEqual(new Set(generation === 'G4' ? [infraEnvId, key, ...tokens] : [infraEnvId]));
  });

  it('leaves networks out where nmstatectl is missing', async () => {
    const profile = await examinedStandIn({ generation, networks: false });
    const { networks: _networks, ...rest } = await profileOfGeneration(generation);
    expect(profile).toEqual(rest);
  });
});

describe('a binary that cannot be used at all', () => {
  const unfit = (reason: RegExp) => ({ name: 'InstallerUnfit', message: expect.stringMatching(reason) });

  it.each<[string, Behaviour, RegExp]>([
    [
      'leaves the pull secret out',
      { withoutPullSecret: true },
      /the pull secret that it is given is not in its ignition$/,
    ],
    [
      'has a token that nothing verifies',
      { foreignToken: true },
      /no key in its ignition verifies the token WATCHER_AUTH_TOKEN in .*assisted-service\.env: the service on site would/,
    ],
    ['makes nothing', { noOutput: true }, /what it makes is of no use: /],
    ['crashes', { crash: true }, /it refuses the smallest input: panic: /],
    [
      'does not know what every input has',
      { unknownSpec: ['pullSecretRef'] },
      /it refuses the smallest input: level=fatal /,
    ],
  ])('since it %s is refused with that reason', async (_, behaviour, reason) => {
    await expect(examinedStandIn({ generation: 'G4', behaviour })).rejects.toMatchObject(unfit(reason));
  });
});

describe('a binary that does not carry one setting', () => {
  it.each<[string, Behaviour, readonly string[]]>([
    ['drops', { droppedSpec: ['proxy'] }, ['proxy']],
    ['refuses', { unknownSpec: ['additionalTrustBundle'] }, ['additional_trust_bundle']],
    [
      'drops, of two that land in one place,',
      { droppedSpec: ['additionalNTPSources'] },
      ['additional_ntp_sources', 'ntp_sources'],
    ],
  ])('which it %s is known by that, and by what it does otherwise', async (_, behaviour, lacks) => {
    const profile = await examinedStandIn({ generation: 'G3', behaviour });
    expect(profile).toEqual({ ...(await profileOfGeneration('G3')), lacks });
  });
});

describe('a binary that nobody has seen', () => {
  it('is known by its flags, files and units, and by what differs from run to run', async () => {
    const profile = await examinedStandIn({ generation: 'G3', behaviour: { strange: true } });
    expect(unfamiliarIn(profile, [])).toEqual(['flag --strange', 'file /etc/assisted/strange', 'unit strange.service']);
    expect(unfamiliarIn(profile, [profile])).toEqual([]);
    expect(profile.unsteady).toEqual(['/etc/assisted/strange']);
  });

  it.each(generations)('is not %s', async (generation) => {
    expect(unfamiliarIn(await profileOfGeneration(generation), [])).toEqual([]);
  });
});
