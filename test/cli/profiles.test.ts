import { afterEach, describe, expect, it } from 'vitest';
import { openLines } from '#cli/profile-text.ts';
import { type Behaviour, makeInstaller } from '#local/sample-release/openshift-install/make-installer.ts';
import { profileOfGeneration } from '#test/fakes/installer-profile.ts';
import { signingKey } from '#test/fakes/release-key.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';
import { localStack } from './local-stack.ts';
import { operator, withoutOpenQuestions } from './operator.ts';

const stack = await localStack();
const { releaseKey } = await signingKey();
const { run } = operator({ data: stack.data, releaseKey });
const root = await sharedFolder();

const version = '4.22.0';
const added = expect.stringContaining(`added ${version} for x86_64`);
const lacksProxy = `${version}: it does not carry proxy: an infra-env that asks for this is refused on this release`;

const add = async (behaviour: Behaviour, of = version) => {
  const dir = `${root}/${of}-${Object.keys(behaviour).join()}`;
  return run(['add', '--file', await makeInstaller({ dir, version: of, generation: 'G3', behaviour })]);
};

afterEach(async () => {
  for (const release of await stack.releases.all()) await run(['remove', release.version, '--force']);
});

describe('an installer that is added', () => {
  it('and cannot be used is refused with what is missing', async () => {
    const { said, failed } = await add({ withoutPullSecret: true });
    expect(said).toEqual([]);
    expect(failed).toBe(
      `release: openshift-install ${version} cannot be used: the pull secret that it is given is not in its ignition`,
    );
    expect(await stack.releases.all()).toEqual([]);
  });

  it('and does not carry a setting is taken; this is said then, and in the list', async () => {
    expect(await add({ droppedSpec: ['proxy'] })).toEqual({ said: [added, lacksProxy], failed: undefined });
    expect((await run(['list'])).said.at(-1)).toBe(lacksProxy);
  });

  it('and is like no other is said to be so, once', async () => {
    const strange = 'new to this service: flag --strange, file /etc/assisted/strange, unit strange.service';
    const unsteady = 'equal settings give other bytes, since each run writes something else into /etc/assisted/strange';
    expect((await add({ strange: true })).said).toEqual([added, `${version}: ${strange}`, `${version}: ${unsteady}`]);
    const { said } = await add({ strange: true }, '4.22.1');
    expect(said).toEqual([expect.stringContaining('added 4.22.1'), `4.22.1: ${unsteady}`]);
  });
});

describe('verify', () => {
  it('examines a release again, and puts right what is said of it', async () => {
    await add({ droppedSpec: ['proxy'] });
    const release = await stack.releases.get(version, {});
    if (release?.installer.profile === undefined) throw new Error('a profile');
    const { profile, ...installer } = release.installer;
    for (const forgotten of [{ ...installer }, { ...installer, profile: { ...profile, lacks: [] } }]) {
      await stack.releases.add({ ...release, installer: forgotten });
      expect(withoutOpenQuestions((await run(['verify'])).said)).toEqual([`${version}  intact`, lacksProxy]);
      expect((await stack.releases.get(version, {}))?.installer.profile).toEqual(profile);
    }
  });

  it('says what it cannot find out where nmstatectl is missing', async () => {
    const profile = await profileOfGeneration('G3');
    const { networks: _, ...unexamined } = profile;
    expect(openLines(profile)).toEqual([]);
    expect(openLines(unexamined)).toEqual([expect.stringMatching(/^whether it carries static networks is not known/)]);
    expect(openLines({ ...unexamined, lacks: ['static_network_config'] })).toEqual([]);
  });
});
