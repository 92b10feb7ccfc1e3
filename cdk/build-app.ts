import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib/core';
import { type Authentication, authenticationOf } from './authentication.ts';
import { readSettings } from './deployment-settings.ts';
import { createServiceStack } from './service-stack.ts';

interface BuildOptions {
  /** As `--context` gives it: stackName, jwtIssuer, jwtAudience, … (settings.ts) and what the CDK itself knows. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** In place of what the context chooses. For the local stack alone: app.ts, which deploys, does not give it. */
  readonly authentication?: Authentication | undefined;
  /** Where synthesis writes; a new temporary folder by default. */
  readonly outdir?: string;
  /** For whoever wants the template and will not deploy it: nothing is bundled, copied or validated. */
  readonly templateOnly?: boolean;
}

const withoutAssets = { 'aws:cdk:bundling-stacks': [], 'aws:cdk:disable-asset-staging': true };

/**
 * Builds the CDK app; `app.synth()` then writes it. Unlike app.ts it leaves cdk-nag out, which takes seconds to load.
 *
 * @throws Error when the context is not usable, see settings.ts
 */
export const buildApp = ({
  context = {},
  authentication,
  outdir,
  templateOnly = false,
}: BuildOptions = {}): {
  app: App;
  stack: Stack;
} => {
  const app = new App({
    context: { ...context, ...(templateOnly ? withoutAssets : {}) },
    treeMetadata: !templateOnly,
    builtinCloudFormationValidation: !templateOnly,
    ...(outdir === undefined ? {} : { outdir }),
  });
  const settings = readSettings(app);
  return { app, stack: createServiceStack(app, settings, authentication ?? authenticationOf(settings)) };
};

/** A CloudFormation template as JSON. */
export interface SynthesizedTemplate {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties?: Readonly<Record<string, unknown>>;
        readonly Metadata?: Readonly<Record<string, unknown>>;
      }
    >
  >;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/**
 * The template as plain JSON, synthesized in about a second; leaves no file behind.
 *
 * @throws Error when the context is not usable, see settings.ts
 */
export const synthesizeTemplate = (
  context: Readonly<Record<string, unknown>> = {},
  authentication?: Authentication,
): SynthesizedTemplate => {
  const outdir = mkdtempSync(join(tmpdir(), 'ove-ignition-'));
  try {
    const { app, stack } = buildApp({ context, authentication, outdir, templateOnly: true });
    return app.synth().getStackArtifact(stack.artifactId).template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};
