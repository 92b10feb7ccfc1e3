import { describe, expect, it } from 'vitest';
import { errorNames, failure, invalid, isErrorName, isFailure, ServiceError } from '#domain/errors.ts';

describe('the table of errors', () => {
  it('gives a failure its name, status and text', () => {
    const error = failure('InstallerMissing', { version: '4.20.3', architecture: 'x86_64' });
    expect(error).toMatchObject({ name: 'InstallerMissing', status: 409, retryable: false });
    expect(error.message).toMatch(/^openshift-install 4\.20\.3 for x86_64 is not in the installer cache: /);
    expect(isFailure(error, 'InstallerMissing')).toBe(true);
    expect(isFailure(error, 'NotFound')).toBe(false);
    expect(isFailure(new Error('NotFound'), 'NotFound')).toBe(false);
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
