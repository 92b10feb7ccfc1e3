import { describe, expect, it } from 'vitest';
import { diagnosisOf, refusalOf } from '#domain/ignition/refusal.ts';

const failed = 'failed to fetch Agent Installer Unconfigured Ignition: failed to load asset';
const fatal = (message: string) => `level=info msg=starting\nlevel=fatal msg=${message}\n`;
const secretRefused = (ending: string) =>
  fatal(
    `${failed} "Agent PullSecret": invalid PullSecret configuration: stringData: Invalid value: "SECRET": ${ending}`,
  );

describe('a refusal of openshift-install', () => {
  it.each([
    ['pull_secret: it is not a valid pull secret in JSON', secretRefused('unexpected end of JSON input')],
    ['pull_secret: "auths" is required and must not be empty', secretRefused('auths required')],
    ['pull_secret: every entry of "auths" needs', secretRefused('"quay.io" requires either auth or credsStore')],
    ['pull_secret: "auths" is required', secretRefused('auths required').replace('SECRET', '{\n"a":\n1}')],
    ['rendezvous_ip:', fatal('rendezvousIP: Invalid value: "999.1.1.1": "999.1.1.1" is not a valid IP')],
    ['static_network_config:', fatal('labels: Required value: host-0 does not have any label set')],
    ['static_network_config:', fatal('failed to validate network yaml for host 0, unknown interface')],
    ['cpu_architecture:', fatal('Config.Spec.CpuArchitecture riscv64 is not supported')],
    ['pull_secret:', `time="2026-01-01T00:00:00Z" ${secretRefused('x').split('\n')[1]}`],
  ])('becomes a 400 that says %j', (reason, stderr) => {
    const refusal = refusalOf({ exitCode: 1, stderr });
    expect(refusal).toMatchObject({ name: 'InstallerRefused', status: 400 });
    expect(refusal?.message).toContain(`refused the settings of the infra-env: ${reason}`);
    expect(refusal?.message).not.toContain('SECRET');
  });

  it('takes its reason from the last fatal line', () => {
    const stderr = `${fatal('rendezvousIP: Invalid value')}${secretRefused('auths required')}`;
    expect(refusalOf({ exitCode: 1, stderr })?.message).toContain('pull_secret');
  });

  it('is called by its name where nmstatectl is missing', () => {
    const stderr = fatal(
      'failed to validate network yaml for host 0, install nmstate package, exec: "nmstatectl": executable file not found in $PATH',
    );
    expect(refusalOf({ exitCode: 1, stderr })).toMatchObject({ name: 'NetworkProgramMissing', status: 501 });
  });

  it.each([
    ['an input file is missing', 1, fatal(`${failed} "Agent PullSecret": missing configuration or manifest file`)],
    ['an input file is wrong', 1, fatal(`${failed} "InfraEnv Config": unknown field "spec.proxi"`)],
    ['the flag is unknown', 1, 'level=fatal msg="Error executing openshift-install: unknown flag: --interactive"\n'],
    ['the reason is unknown', 1, fatal('something else')],
    ['no reason is given', 1, ''],
    ['it panics', 2, 'panic: runtime error: invalid memory address or nil pointer dereference\n'],
    ['its configuration is unparsable', 3, fatal('rendezvousIP')],
    ['a signal ends it', undefined, ''],
  ])("is nobody's input where %s: 500", (_, exitCode, stderr) => {
    expect(refusalOf({ exitCode, stderr })).toMatchObject({ name: 'InternalError', message: 'Internal server error' });
  });

  it.each([
    ['static_network_config', 'InstallerRefused', 'NMState Config'],
    ['rendezvous_ip', 'InstallerRefused', 'Agent Config'],
    ['Internal server error', 'InternalError', 'Mirror Registries Config'],
  ])('is also a success that discards an input (%s)', (text, name, input) => {
    const stderr = `level=warning msg=Discarding the ${input} that was provided in the target directory because its dependencies are dirty\n`;
    const refusal = refusalOf({ exitCode: 0, stderr });
    expect(refusal?.name).toBe(name);
    expect(refusal?.message).toContain(text);
  });

  it('is not a success with other warnings', () => {
    expect(
      refusalOf({ exitCode: 0, stderr: 'level=warning msg=no registry matches\nlevel=info msg=done\n' }),
    ).toBeUndefined();
  });
});

describe('the diagnosis of a failure', () => {
  it.each([
    ['the last fatal line', 'level=fatal msg=a\nlevel=info msg=b\nlevel=fatal msg=c\n', 'level=fatal msg=c'],
    ['the panic', 'level=info msg=a\npanic: nil\ngoroutine 1\n', 'panic: nil'],
    ['no line that was cut off', 'level=fatal msg=a\nlevel=fatal msg=half', 'level=fatal msg=a'],
    ['something to say', '', 'no reason given'],
  ])('is %s', (_, stderr, diagnosis) => {
    expect(diagnosisOf(stderr)).toBe(diagnosis);
  });
});
