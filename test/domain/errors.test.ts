import { describe, expect, it } from 'vitest';
import { errorNames, failure, invalid, isErrorName, isFailure, ServiceError } from '#domain/errors.ts';

describe('the table of errors', () => {
  it('gives a failure its name, status and text', () => {
    const error = failure('InstallerMissing', { version: '4.20.3', architecture: 'x86_64' });
    expect(error).toMatchObject({ name: 'InstallerMissing', status: 409, retryable: false });
    expect(error.message).toBe(
      'openshift-install 4.20.3 for x86_64 is not in the installer cache: ' +
        'an operator has to add it with `npx ove release add 4.20.3`',
    );
    expect(isFailure(error, 'InstallerMissing')).toBe(true);
    expect(isFailure(error, 'NotFound')).toBe(false);
    expect(isFailure(new Error('NotFound'), 'NotFound')).toBe(false);
  });

  it.each(['arm64', 'ppc64le', 's390x', 'multi'])(
    'names the command that adds a release for %s again',
    (architecture) => {
      const command = `\`npx ove release add 4.20.3 --arch ${architecture}\``;
      for (const name of ['InstallerMissing', 'InstallerCorrupt'] as const) {
        const { message } = failure(name, { version: '4.20.3', architecture });
        expect(message).toContain(`for ${architecture} is`);
        expect(message).toContain(command);
      }
    },
  );

  it.each([
    [failure('NotFound'), false],
    [failure('IsoPending', {}), false],
    [failure('GenerationPending'), false],
    [failure('SettingsCheckUnavailable', { settings: 'x' }), true],
    [failure('InternalError'), true],
  ])('knows whether the service has failed: %s', (error, isFault) => {
    expect(error.isFault).toBe(isFault);
  });

  it.each([
    failure('InstallerCorrupt', { version: '4.20.3', architecture: 'x86_64' }),
    failure('InstallerMismatch', { version: '4.20.3', printed: '4.19.7' }),
  ])('names the command that repairs: $message', ({ message }) => {
    expect(message).toMatch(/`npx ove release add 4\.20\.3`$/);
  });

  it('makes a refusal of its reason', () => {
    expect(invalid('because')).toMatchObject({ status: 400, message: 'because' });
  });

  it.each(errorNames)('has an HTTP error status for %s', (name) => {
    const { status } = new ServiceError(name, '');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThanOrEqual(504);
  });

  it.each(['toString', '__proto__', 'Unheard'])('has no row %s', (name) => {
    expect(isErrorName(name)).toBe(false);
  });
});
