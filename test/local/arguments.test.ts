import { describe, expect, test } from 'vitest';
import { readArguments, usage } from '#local/arguments.ts';
import { templateOf } from '#local/local-options.ts';

const read = (args: readonly string[], env: Record<string, string> = {}) => readArguments(args, { env, cwd: '/here' });

describe('the command line', () => {
  test('has defaults for everything', () => {
    expect(read([])).toEqual({ help: false, port: 8090, dataDir: '/here/.local', installers: [], versions: [] });
  });

  test('takes port, data folder and any number of installers', () => {
    expect(read(['--port', '0', '--data=/data', '--installer', 'a', '--installer', '/b'])).toEqual({
      help: false,
      port: 0,
      dataDir: '/data',
      installers: ['/here/a', '/b'],
      versions: [],
    });
  });

  test('takes any number of versions to get from the mirror', () => {
    expect(read(['--release', '4.20.3', '--release=4.21.0-rc.1']).versions).toEqual(['4.20.3', '4.21.0-rc.1']);
  });

  test('takes the origins of web pages as they are', () => {
    expect(read(['--allowed-domains', 'http://a,http://b']).allowedDomains).toBe('http://a,http://b');
  });

  test('takes how answers name statuses as it is', () => {
    expect(read(['--status-names', 'published']).statusNames).toBe('published');
  });

  test('takes how much each user may have as it is', () => {
    const quotas = ['--clusters-per-user', '1', '--infra-envs-per-user=2', '--compositions-per-user-and-hour', '3'];
    expect(read(quotas)).toMatchObject({
      clustersPerUser: '1',
      infraEnvsPerUser: '2',
      compositionsPerUserAndHour: '3',
    });
  });

  test('takes one more installer from OPENSHIFT_INSTALL', () => {
    expect(read(['--installer', 'a'], { OPENSHIFT_INSTALL: 'b' }).installers).toEqual(['/here/a', '/here/b']);
    expect(read([], { OPENSHIFT_INSTALL: '' }).installers).toEqual([]);
  });

  test('means paths from where npm was called', () => {
    expect(read(['--installer', './a'], { INIT_CWD: '/there' })).toMatchObject({
      dataDir: '/there/.local',
      installers: ['/there/a'],
    });
  });

  test('takes what the agent of discovered hosts is told', () => {
    const agent = ['--service-base-url', 'https://a.example', '--agent-image', 'a.example/b:c'];
    expect(read([...agent, '--service-ca-certificate', 'ca.pem'])).toMatchObject({
      serviceBaseUrl: 'https://a.example',
      agentImage: 'a.example/b:c',
      serviceCaCertificate: '/here/ca.pem',
    });
  });

  test.each([
    [['--bogus'], "Unknown option '--bogus'. See --help."],
    [['extra'], /^Unexpected argument 'extra'\. .*See --help\.$/],
    [['--port'], /'--port <value>' argument missing\. See --help\.$/],
    [['--release', '4.20'], "--release takes an exact version like 4.20.3, not '4.20'"],
    [['--port', 'http'], "--port takes a number from 0 to 65535, not 'http'"],
    [['--port', '65536'], "--port takes a number from 0 to 65535, not '65536'"],
    [['--port', '-1'], /--port/],
  ])('%j is refused in one line', (args, message) => {
    expect(() => read(args)).toThrow(message);
    expect(() => read(args)).toThrow(/^[^\n]*$/);
  });

  test.each([
    [['--status-names', 'x'], /^--status-names: .*"own"\|"published"$/],
    [['--clusters-per-user', 'x'], /^--clusters-per-user: /],
    [['--allowed-domains', 'https://a.org,b.org'], /^--allowed-domains: an origin is e\.g\. /],
    [['--service-base-url', 'x', '--agent-image', ' '], /^--service-base-url: .*; --agent-image: /],
    [['--service-ca-certificate', 'nowhere'], '--service-ca-certificate: the file /here/nowhere cannot be read'],
  ])('%j, of which a deployment has the rules, is refused in one line', (args, message) => {
    const start = () => templateOf(read(args), { keyArn: 'key', macKeyArn: 'key' });
    expect(start).toThrow(message);
    expect(start).toThrow(/^[^\n]*$/);
  });

  test('is described by its usage', () => {
    for (const option of [
      '--port',
      '--data',
      '--release',
      '--installer',
      '--allowed-domains',
      '--status-names',
      '--clusters-per-user',
      '--infra-envs-per-user',
      '--compositions-per-user-and-hour',
      '--help',
    ])
      expect(usage).toContain(option);
  });
});
