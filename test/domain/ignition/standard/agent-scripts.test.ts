import { describe, expect, it } from 'vitest';
import { agentScripts } from '#domain/ignition/standard/agent-scripts.ts';
import { machine } from './machine.ts';

const image = 'registry.example/agent:v1';

/** podman, as far as the scripts use it, in the given state; it writes down what it was asked. */
const hostWith = async (podman: string) => {
  const log = 'echo "podman $*" >> "$SYSTEM_ROOT/asked"';
  const here = await machine(agentScripts, {
    podman: `${log}\n${podman}`,
    sleep: 'echo "sleep $*" >> "$SYSTEM_ROOT/asked"',
  });
  return { ...here, asked: async () => (await here.read('/asked')).trim().split('\n') };
};

describe('agent-pull-image', () => {
  const path = '/usr/local/bin/agent-pull-image';

  it('pulls nothing when the image is there', async () => {
    const host = await hostWith('exit 0');
    expect((await host.run(path, [image])).exitCode).toBe(0);
    expect(await host.asked()).toEqual([`podman image exists ${image}`]);
  });

  it('tries until it has the image, with pauses that grow to five minutes', async () => {
    const host = await hostWith(
      '[ "$1" = pull ] || exit 1; [ "$(grep -c "podman pull" "$SYSTEM_ROOT/asked")" -gt 9 ] || exit 125',
    );
    expect((await host.run(path, [image])).exitCode).toBe(0);
    const pauses = (await host.asked()).filter((line) => line.startsWith('sleep ')).map((line) => line.slice(6));
    expect(pauses).toEqual(['5', '10', '20', '40', '80', '160', '300', '300', '300']);
  });
});

describe('agent-fix-bz1964591', () => {
  const path = '/usr/local/bin/agent-fix-bz1964591';
  const removal = `podman rmi --force ${image}`;

  it.each([
    ['there is no image', 'exit 1', false],
    ['the image is whole', 'exit 0', false],
    ['images cannot be listed', '[ "$1" != images ]', true],
    ['the image cannot be looked at', '[ "$2" != inspect ]', true],
    ['nor can it be removed', '[ "$1" = image ] && [ "$2" = exists ]', true],
  ])('when %s, succeeds, and removes the image or not', async (_, podman, isRemoved) => {
    const host = await hostWith(podman);
    expect((await host.run(path, [image])).exitCode).toBe(0);
    expect((await host.asked()).includes(removal)).toBe(isRemoved);
  });
});
