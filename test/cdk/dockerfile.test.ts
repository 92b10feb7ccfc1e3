import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ignitionVersions } from '#domain/values/ignition/versions.ts';
import { resourcesOf, synthesize } from './template.ts';

const text = readFileSync(new URL('../../functions/ignition/Dockerfile', import.meta.url), 'utf8');

/** Instructions with their continuation lines joined, without comments. */
const instructions = text
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '');

const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));

/** Where the function looks for installers that came with the image. */
const imageFolder = resourcesOf(synthesize(), 'AWS::Lambda::Function').flatMap(
  ([, { Properties }]) => Properties.Environment.Variables.INSTALLER_IMAGE_DIR ?? [],
)[0];

describe("the ignition function's Dockerfile", () => {
  it("ends in Lambda's image of Node 24, which calls the bundled handler", () => {
    expect(lastStage.at(0)).toBe('FROM public.ecr.aws/lambda/nodejs:24');
    expect(lastStage.at(-1)).toBe('CMD ["index.handler"]');
  });

  it('is made from images of named versions alone', () => {
    const images = instructions.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
    expect(images).toHaveLength(3);
    for (const image of images) expect(image).toMatch(/:(stream|v)?\d+(\.\d+)*$/);
  });

  it('takes nothing from its context but the bundle', () => {
    const copied = instructions.filter((line) => /^(COPY|ADD) /.test(line) && !line.includes('--from='));
    expect(copied).toEqual([expect.stringMatching(/^COPY \*\.mjs \*\.mjs\.map \S+LAMBDA_TASK_ROOT\}\/$/)]);
  });

  it('brings nmstatectl from CentOS Stream 9 and asks it once, so that what it lacks fails the build', () => {
    expect(instructions[0]).toBe('FROM quay.io/centos/centos:stream9 AS tools');
    expect(lastStage).toContainEqual(
      expect.stringMatching(/^RUN printf .* && nmstatectl gc \/tmp\/network\.yaml\s+&& rm /),
    );
  });

  it('brings ignition-validate, and asks it once about the highest version that is read', () => {
    expect(instructions).toContainEqual(
      expect.stringMatching(/^FROM quay\.io\/coreos\/ignition-validate:v\d+\.\d+\.\d+ AS validator$/),
    );
    expect(lastStage).toContain(
      'COPY --from=validator /usr/local/bin/ignition-validate /usr/local/bin/ignition-validate',
    );
    const highest = ignitionVersions.at(-1);
    expect(lastStage).toContainEqual(
      expect.stringMatching(new RegExp(`^RUN .*"version":"${highest}"}}' \\| ignition-validate -$`)),
    );
  });

  it('bakes installers in where the function looks for them, only after their checksum matched', () => {
    const bake = instructions.find((line) => line.includes('OPENSHIFT_INSTALL_VERSIONS}')) ?? '';
    expect(bake).toContain(`/collected${imageFolder}/`);
    expect(bake.indexOf('sha256sum --check')).toBeGreaterThan(0);
    expect(bake.indexOf('sha256sum --check')).toBeLessThan(bake.indexOf('tar --extract'));
  });

  it('bakes none in unless asked to', () => {
    expect(instructions).toContain('ARG OPENSHIFT_INSTALL_VERSIONS=""');
  });

  it('stops at the first command that fails', () => {
    const scripts = instructions.filter((line) => line.startsWith('RUN ') && line.includes(';'));
    expect(scripts).toHaveLength(2);
    for (const script of scripts) expect(script).toMatch(/^RUN set -euo pipefail;/);
  });
});
