import { describe, expect, it } from 'vitest';
import type { Credentials } from '#domain/ignition/credentials.ts';
import { parseIgnition } from '#domain/ignition/ignition.ts';
import { ignitionKey } from '#domain/infra-env/artifact.ts';
import { generations } from '#local/sample-release/openshift-install/make-installer.ts';
import { decodeFile, fileMode, filePaths, hasFile } from '#test/stand-ins/openshift-install/read-ignition.ts';
import { canary, goodPullSecret, world } from './world.ts';

const keys = ['ssh-ed25519 AAAAfirst one@edge', 'ssh-ed25519 AAAAsecond'];
const markers = ['/etc/assisted/interactive-ui', '/etc/assisted/no-config-image'];
const serviceEnvironment = '/usr/local/share/assisted-service/assisted-service.env';

describe.each(generations)('an ignition made by openshift-install of generation %s', (generation) => {
  const given = async (credentials?: Map<string, Credentials>) => {
    const here = await world({
      generation,
      infraEnv: { settings: { ssh_authorized_key: keys.join('\n') } },
      ...(credentials && { credentials }),
    });
    await here.run();
    return here;
  };

  it('is stored under the key of its revision, and told in an event', async () => {
    const { run, infraEnv, artifacts, events, cluster } = await world({ generation });
    const key = `infra-envs/${infraEnv.id}/1/discovery.ign`;
    expect(await run()).toEqual({ key, superseded: false });
    expect([...artifacts.keys()]).toEqual([key]);
    expect(events).toMatchObject([
      {
        name: 'ignition_generated',
        severity: 'info',
        message: `Generated discovery.ign of revision 1 with openshift-install ${cluster.openshiftVersion}`,
        infraEnvId: infraEnv.id,
        clusterId: cluster.id,
        eventTime: '2026-01-02T03:04:05.678Z',
      },
    ]);
  });

  it('has each SSH key as an entry of its own', async () => {
    const { passwd } = parseIgnition((await given()).ignition());
    expect(passwd?.users).toEqual([{ name: 'core', sshAuthorizedKeys: keys }]);
  });

  it('holds the pull secret where the host looks for it', async () => {
    const ignition = (await given()).ignition();
    expect(JSON.parse(decodeFile(ignition, '/root/.docker/config.json'))).toEqual(JSON.parse(goodPullSecret));
  });

  it('has the marker files of the interactive flow exactly once, empty and readable', async () => {
    const ignition = (await given()).ignition();
    for (const path of markers) {
      expect(filePaths(ignition).filter((other) => other === path)).toHaveLength(1);
      expect(decodeFile(ignition, path)).toBe('');
      expect(fileMode(ignition, path)).toBe(0o644);
    }
  });

  it("names the infra-env's own id, and is the same at every run", async () => {
    const credentials = new Map<string, Credentials>();
    const first = await given(credentials);
    const second = await given(credentials);
    expect(decodeFile(first.ignition(), serviceEnvironment)).toContain(`INFRA_ENV_ID=${first.infraEnv.id}\n`);
    expect(second.ignition()).toBe(first.ignition());
  });

  it('leaves neither workspace nor secret behind', async () => {
    const here = await given();
    expect(await here.workspacesLeft()).toEqual([]);
    expect(await here.traces()).not.toContain(canary);
  });
});

describe('what depends on the settings', () => {
  it('no SSH key: no user', async () => {
    const here = await world({ generation: 'G2' });
    await here.run();
    expect(parseIgnition(here.ignition()).passwd?.users ?? []).toEqual([]);
  });

  it.each([
    ['x86_64', 'x86_64'],
    ['arm64', 'aarch64'],
    ['s390x', 's390x'],
    ['ppc64le', 'ppc64le'],
  ] as const)('CPU architecture %s reaches the images of the service on the host', async (cpuArchitecture, named) => {
    const here = await world({ generation: 'G2', infraEnv: { cpuArchitecture } });
    await here.run();
    const images = decodeFile(here.ignition(), serviceEnvironment);
    expect(images.split('\n').find((line) => line.startsWith('OS_IMAGES='))).toContain(named);
  });

  it.each([
    ['G1', true],
    ['G2', true],
    ['G3', false],
  ] as const)(
    'registries.conf with generation %s: %s, since the ISO carries it where the binary does not',
    async (generation, carried) => {
      const here = await world({ generation });
      await here.run();
      const path = '/etc/containers/registries.conf';
      expect(hasFile(here.ignition(), path)).toBe(carried);
      if (!carried) return;
      expect(decodeFile(here.ignition(), path)).toContain(
        'registry.appliance.openshift.com:5000/openshift/release-images',
      );
    },
  );

  it('a name that YAML 1.1 takes for a boolean is still a name', async () => {
    const here = await world({ generation: 'G2', infraEnv: { name: 'yes' } });
    await here.run();
    expect(decodeFile(here.ignition(), '/etc/assisted/manifests/infraenv.yaml')).toMatch(/name: ["']yes["']/);
  });
});

describe('runs of one revision', () => {
  it('repeated: the stored bytes stand, nothing is run and no second event is written', async () => {
    const here = await world();
    await here.run();
    const first = here.ignition();
    here.state.pullSecret = '{"auths":{"other.example":{"auth":"b3RoZXI6b3RoZXI="}}}';
    await here.run();
    expect(here.ignition()).toBe(first);
    expect(here.events).toHaveLength(1);
  });

  it('concurrent: all succeed with the bytes of the first writer, with one event and no workspace left', async () => {
    const here = await world({ infraEnv: { settings: { ssh_authorized_key: 'ssh-ed25519 AAAAonly' } } });
    const answers = await Promise.all(Array.from({ length: 6 }, () => here.run()));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(here.artifacts.size).toBe(1);
    expect(here.events.map(({ name }) => name)).toEqual(['ignition_generated']);
    expect(here.bucket.opened).toHaveLength(1);
    expect(await here.workspacesLeft()).toEqual([]);
  });

  it('late, for a revision that was replaced: nothing is done', async () => {
    const here = await world({ infraEnv: { revision: 3 } });
    expect(await here.run(2)).toEqual({ superseded: true });
    expect(here.artifacts.size).toBe(0);
    expect(here.events).toEqual([]);
  });

  it('overtaken by a change between reading the infra-env and its secret: nothing is done', async () => {
    const reads: number[] = [];
    const here = await world({ pullSecret: undefined });
    const current = here.infraEnv;
    here.state.infraEnvs.get = (id) => {
      reads.push(1);
      return id === current.id ? { ...current, revision: reads.length } : undefined;
    };
    expect(await here.run(1)).toEqual({ superseded: true });
    expect(here.events).toEqual([]);
  });

  it('beside the deletion of its infra-env, which takes the record first and then the secret: 404', async () => {
    const here = await world({ pullSecret: undefined });
    let reads = 0;
    here.state.infraEnvs.get = () => {
      reads += 1;
      return reads === 1 ? here.infraEnv : undefined;
    };
    await expect(here.run()).rejects.toThrow('record not found');
  });

  it('for an infra-env that was deleted meanwhile: its artifact goes too, and no event tells of it', async () => {
    const here = await world();
    let reads = 0;
    here.state.infraEnvs.get = () => {
      reads += 1;
      return reads === 1 ? here.infraEnv : undefined;
    };
    expect(await here.run()).toEqual({ superseded: true });
    expect(here.artifacts.size).toBe(0);
    expect(here.events).toEqual([]);
  });

  it('for an infra-env that was deleted meanwhile: that of another run goes too, which may have died since', async () => {
    const here = await world();
    const { get } = here.state.releases;
    here.state.releases.get = (version) => {
      here.artifacts.set(ignitionKey(here.infraEnv), Buffer.from('{}'));
      here.state.infraEnvs.clear();
      return get.call(here.state.releases, version);
    };
    expect(await here.run()).toEqual({ superseded: true });
    expect(here.artifacts.size).toBe(0);
  });

  it('stands although its event cannot be written', async () => {
    const here = await world({ dependencies: { events: { add: () => Promise.reject(new Error('no table')) } } });
    expect(await here.run()).toMatchObject({ superseded: false });
    expect(here.logger.lines).toMatchObject([{ level: 'warn', message: 'cannot record an event' }]);
  });
});
