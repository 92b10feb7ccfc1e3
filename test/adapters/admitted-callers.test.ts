import { describe, expect, it } from 'vitest';
import { admission } from '#adapters/admitted-callers.ts';
import type { ImageTokens } from '#domain/infra-env/infra-env-ports.ts';
import { admitByGateway, admitEveryone } from '#runtime/admission.ts';

const noTokens: ImageTokens = {
  issue: () => Promise.reject(new Error('not asked for here')),
  open: async () => undefined,
};

describe('how callers are told apart', () => {
  it.each([
    ['none', admitEveryone],
    ['iam', admitByGateway],
  ] as const)('is chosen by the environment: %s', (AUTHENTICATION, admit) => {
    expect(admission({ AUTHENTICATION }, noTokens)).toBe(admit);
  });

  it.each([
    ['an issuer', { JWT_AUDIENCE: ['ove'] }],
    ['an audience', { JWT_ISSUER: 'https://issuer.example' }],
  ])('stops a function that would have to read tokens without %s', (_, variables) => {
    expect(() => admission({ AUTHENTICATION: 'jwt', ...variables }, noTokens)).toThrow(
      'jwt needs JWT_ISSUER and JWT_AUDIENCE',
    );
  });
});
