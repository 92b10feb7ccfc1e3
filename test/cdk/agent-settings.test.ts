import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentOf, environment } from '#functions/ignition/ignition-env.ts';
import { certificate } from '#test/domain/values/certificate.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';
import { resourcesOf, synthesize } from './template.ts';

/** The variables of the ignition function about the agent. */
const variablesWith = (context: Readonly<Record<string, string>>): object => {
  const [ignition] = resourcesOf(synthesize(context), 'AWS::Lambda::Function').filter(
    ([, { Metadata }]) => Metadata?.['ove-ignition:function'] === 'ignition',
  );
  const variables = Object.entries(ignition?.[1].Properties.Environment.Variables ?? {});
  return Object.fromEntries(variables.filter(([name]) => /^(SERVICE|AGENT)_/.test(name)));
};

const given = {
  TABLE_NAME: 'table',
  ARTIFACTS_BUCKET: 'artifacts',
  RELEASES_BUCKET: 'releases',
  PULL_SECRET_KEY_ARN: 'arn:aws:kms:eu-west-1:123456789012:key/0b5c8e52-5d6c-4a0e-9c2f-6f3a3c1d2e4f',
  INSTALLER_IMAGE_DIR: '/a',
  INSTALLER_CACHE_DIR: '/b',
  INSTALLER_CACHE_BYTES: '1',
  WORKSPACE_DIR: '/c',
  INSTALLER_TIMEOUT_SECONDS: '1',
};

describe('what the agent of full and minimal ISOs is told', () => {
  it('is nothing unless a deployment says so, and then there is no agent', () => {
    expect(variablesWith({})).toEqual({});
    expect(agentOf(environment.parse(given))).toBeUndefined();
  });

  it('reaches the ignition function', async () => {
    const path = join(await temporaryFolder(), 'ca.pem');
    await writeFile(path, certificate);
    const variables = variablesWith({
      serviceBaseUrl: 'https://service.example:8443/',
      agentImage: 'registry.example:5000/agent:v1',
      serviceCaCertificate: path,
    });
    expect(variables).toEqual({
      SERVICE_BASE_URL: 'https://service.example:8443',
      AGENT_IMAGE: 'registry.example:5000/agent:v1',
      SERVICE_CA_CERTIFICATE: certificate,
    });
    expect(agentOf(environment.parse({ ...given, ...variables }))).toEqual({
      serviceBaseUrl: 'https://service.example:8443',
      image: 'registry.example:5000/agent:v1',
      caCertificate: certificate,
    });
  });

  it('has the usual image where none is named', () => {
    const agent = agentOf(environment.parse({ ...given, SERVICE_BASE_URL: 'http://service.example' }));
    expect(agent?.image).toBe('quay.io/edge-infrastructure/assisted-installer-agent:latest');
  });

  it.each([
    ['serviceBaseUrl', 'service.example'],
    ['serviceBaseUrl', 'ftp://service.example'],
    ['serviceBaseUrl', 'https://service.example/ --insecure=true'],
    ['agentImage', 'agent'],
    ['agentImage', 'registry.example/agent:v1 --privileged'],
    ['agentImage', '--entrypoint=/bin/sh'],
    ['serviceCaCertificate', '/nowhere/ca.pem'],
    ['serviceCaCertificate', import.meta.filename],
  ])('is refused by name: %s=%s', (name, value) => {
    expect(() => synthesize({ [name]: value })).toThrow(new RegExp(`context is not usable(.|\\n)*${name}`));
  });
});
