import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '#cdk/build-app.ts';
import type { RawTemplate } from './template/template.ts';

// With these the template's routes have the JWT authorizer that the HTTP front plays.
const context = { jwtIssuer: 'https://issuer.invalid', jwtAudience: 'local' };

/** The service's template, as the CDK app makes it; what synthesis writes besides is removed. */
export const synthesize = async (): Promise<RawTemplate> => {
  const outdir = await mkdtemp(join(tmpdir(), 'ove-ignition-synth-'));
  try {
    const { app, stack } = buildApp({ context, outdir, templateOnly: true });
    return app.synth().getStackByName(stack.stackName).template;
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
};
