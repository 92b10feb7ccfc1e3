import { expect } from 'vitest';
import { decodeFile, filePaths, parseIgnition } from '#test/stand-ins/openshift-install/read-ignition.ts';

export const sshKeysIn = (ignition: string): readonly string[] | undefined =>
  parseIgnition(ignition).passwd?.users?.find(({ name }) => name === 'core')?.sshAuthorizedKeys;

interface Settings {
  readonly infraEnvId: string;
  readonly sshKeys: readonly string[];
  /** `user:password` of the pull secret's one entry. */
  readonly login: string;
}

const markers = ['/etc/assisted/interactive-ui', '/etc/assisted/no-config-image'];

/** The settings are in the ignition, each where the host looks for it, whatever the binary's generation. */
export const expectCarried = (ignition: string, { infraEnvId, sshKeys, login }: Settings): void => {
  const paths = filePaths(ignition);
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  expect(sshKeysIn(ignition)).toEqual(sshKeys);
  expect(decodeFile(ignition, '/root/.docker/config.json')).toContain(Buffer.from(login).toString('base64'));
  for (const marker of markers) {
    expect(paths).toContain(marker);
    expect(decodeFile(ignition, marker)).toBe('');
  }
  expect(decodeFile(ignition, '/usr/local/share/assisted-service/assisted-service.env')).toMatch(
    new RegExp(`^INFRA_ENV_ID=${infraEnvId}$`, 'm'),
  );
};
