import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { failure } from '#domain/errors.ts';
import type { IgnitionValidator } from '#domain/ignition/ignition-ports.ts';
import { world } from './world.ts';

const refusing: IgnitionValidator = { faultsOf: async () => 'at $.storage.files.7: no' };
const override = JSON.stringify({ ignition: { version: '3.2.0' } });
const unavailable: IgnitionValidator = {
  faultsOf: async () => {
    throw failure('SettingsCheckUnavailable', { settings: 'ignition_config_override' });
  },
};
const source = `data:;base64,${randomBytes(300 * 1024).toString('base64')}`;
const tooLarge = JSON.stringify({
  ignition: { version: '3.2.0' },
  storage: { files: [{ path: '/etc/big', contents: { source } }] },
});
const types = [
  ['disconnected-iso', 'discovery.ign'],
  ['full-iso', 'full-iso.ign'],
  ['minimal-iso', 'minimal-iso.ign'],
] as const;

describe.each(types)('a finished ignition of a %s that Ignition refuses', (type, file) => {
  const given = (settings = {}) =>
    world({ infraEnv: { type, settings }, dependencies: { ignitionValidator: refusing } });

  it('is not stored; it is our failure, with the reason in the log', async () => {
    const here = await given();
    await expect(here.make(file)).rejects.toMatchObject({ name: 'InternalError' });
    expect(here.artifacts.size).toBe(0);
    expect(here.logger.lines).toContainEqual(
      expect.objectContaining({
        message: 'Ignition refuses a finished ignition',
        fields: { infraEnvId: here.infraEnv.id, fault: 'at $.storage.files.7: no' },
      }),
    );
  });

  it("is not stored; with an override it is the caller's, who gets Ignition's words", async () => {
    const here = await given({ ignition_config_override: override });
    await expect(here.make(file)).rejects.toMatchObject({
      name: 'InvalidInput',
      message:
        'error parsing ignition: config is not valid beside the rest of the ignition, error report: at $.storage.files.7: no',
    });
    expect(here.artifacts.size).toBe(0);
  });
});

describe.each(types)('a finished ignition of a %s that no ISO has room for', (type, file) => {
  it.each([
    ['refuses', refusing],
    ['cannot be asked about', unavailable],
  ])('is too large, also one that Ignition %s', async (_, ignitionValidator) => {
    const settings = { ignition_config_override: tooLarge };
    const here = await world({ infraEnv: { type, settings }, dependencies: { ignitionValidator } });
    await expect(here.make(file)).rejects.toMatchObject({ name: 'IgnitionTooLarge' });
    expect(here.artifacts.size).toBe(0);
  });
});
