import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Environment } from '#emulators/lambda/environment.ts';
import { environmentProcess } from '#emulators/lambda/environment-process.ts';
import { atEnd } from '#test/fakes/at-end.ts';
import { sharedFolder } from '#test/fakes/temporary-folder.ts';

let folder: string;

beforeAll(async () => {
  folder = await sharedFolder();
});

interface Plan {
  readonly variables?: Readonly<Record<string, string>>;
  readonly memoryMegabytes?: number;
  readonly writable?: readonly string[];
  readonly startsPrograms?: boolean;
}

let files = 0;

/** A process for a handler, given as the source of its module. */
const processOf = async (source: string, { variables = {}, memoryMegabytes = 128, ...bound }: Plan = {}) => {
  files += 1;
  const file = join(folder, `handler-${files}.mjs`);
  await writeFile(file, source);
  const environment = environmentProcess({
    name: 'greet',
    memoryMegabytes,
    variables,
    module: pathToFileURL(file).href,
    ...bound,
  });
  atEnd(() => environment.stop());
  return environment;
};

const run = async (environment: Environment, event: unknown = {}) => {
  await environment.ready;
  return environment.run({ requestId: 'r1', payload: JSON.stringify(event), deadline: Date.now() + 20_000 });
};

describe('a process for a function', () => {
  test('runs one event after the other, with what the handler remembers of the ones before', async () => {
    const counting = await processOf('let calls = 0; export const handler = ({ name }) => ({ name, calls: ++calls });');
    expect(await run(counting, { name: 'ada' })).toEqual({ payload: '{"name":"ada","calls":1}' });
    expect(await run(counting, { name: 'eve' })).toEqual({ payload: '{"name":"eve","calls":2}' });
  });

  test('has the variables of its function and no others', async () => {
    vi.stubEnv('OVE_OF_THE_PARENT', 'secret');
    const listing = await processOf(
      "export const handler = () => Object.keys(process.env).filter((name) => !name.startsWith('NODE_CHANNEL'));",
      { variables: { TABLE_NAME: 'table' } },
    );
    expect(await run(listing)).toEqual({ payload: '["TABLE_NAME"]' });
    vi.unstubAllEnvs();
  });

  test('writes to the folders that it may write to and nowhere else, and starts no programs', async () => {
    const own = join(folder, 'own');
    await mkdir(own);
    const writing = await processOf(
      "import { writeFileSync } from 'node:fs'; import { spawnSync } from 'node:child_process';" +
        "const tell = (act) => { try { act(); return 'done'; } catch ({ code }) { return code; } };" +
        "export const handler = ({ files }) => [...files.map((file) => tell(() => writeFileSync(file, 'x')))," +
        " tell(() => spawnSync('true'))];",
      { writable: [own] },
    );
    const files = [join(own, 'a'), join(folder, 'a'), '/tmp/ove-ignition-a'];
    const denied = 'ERR_ACCESS_DENIED';
    expect(await run(writing, { files })).toEqual({ payload: JSON.stringify(['done', denied, denied, denied]) });
  });

  test('starts programs where it may: those of Node write no further than it does, and none is warned of', async () => {
    // What has a meaning in NODE_OPTIONS, by which Node hands its options on, has none in a path.
    const own = join(folder, 'of "programs" --test \\ ');
    await mkdir(own);
    const written = vi.spyOn(process.stderr, 'write');
    const starting = await processOf(
      `import { spawnSync } from 'node:child_process';
      const write = "const tell = console.log; const [, file] = process.argv;" +
        "try { require('fs').writeFileSync(file, ''); tell('done'); } catch ({ code }) { tell(code); }";
      const start = (file) => spawnSync(process.execPath, ['-e', write, file], { encoding: 'utf8' });
      export const handler = ({ files }) => files.map((file) => start(file).output.join('').trim());`,
      { writable: [own], startsPrograms: true },
    );
    const files = [join(own, 'a'), join(folder, 'b')];
    expect(await run(starting, { files })).toEqual({ payload: '["done","ERR_ACCESS_DENIED"]' });
    expect(written).not.toHaveBeenCalled();
    written.mockRestore();
  });

  test('gives the handler its context', async () => {
    const telling = await processOf(
      'export const handler = (_, { functionName, memoryLimitInMB, awsRequestId, getRemainingTimeInMillis: left }) =>' +
        ' ({ functionName, memoryLimitInMB, awsRequestId, inTime: left() > 10_000 && left() <= 20_000 });',
    );
    expect(await run(telling)).toEqual({
      payload: JSON.stringify({ functionName: 'greet', memoryLimitInMB: '128', awsRequestId: 'r1', inTime: true }),
    });
  });

  test('passes on what the function writes, whole lines on the same stream', async () => {
    const written: string[] = [];
    for (const stream of ['stdout', 'stderr'] as const) {
      vi.spyOn(process[stream], 'write').mockImplementation((text) => written.push(`${stream}: ${text}`) > 0);
    }
    const writing = await processOf(
      "export const handler = () => { process.stdout.write('lo'); process.stdout.write('g\\n'); console.error('bad'); };",
    );
    await run(writing);
    await vi.waitFor(() => expect(written.toSorted()).toEqual(['stderr: bad\n', 'stdout: log\n']));
    vi.restoreAllMocks();
  });
});

describe('the end of a process is a failure of the invocation', () => {
  test.each([
    ['that leaves', 'export const handler = () => process.exit(3);', 'exit status 3'],
    ['that is killed', "export const handler = () => process.kill(process.pid, 'SIGKILL');", 'signal: SIGKILL'],
    [
      'that throws where nobody waits',
      "export const handler = () => new Promise(() => setTimeout(() => { throw 'x'; }));",
      'exit status 1',
    ],
  ])('%s', async (_, source, reason) => {
    const silenced = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const environment = await processOf(source);
    expect(await run(environment)).toEqual({
      functionError: {
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: r1 Error: Runtime exited with error: ${reason}`,
      },
    });
    expect(environment.hasEnded()).toBe(true);
    silenced.mockRestore();
  });

  test('that needs more memory than the function has', async () => {
    const silenced = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const greedy = await processOf(
      'const kept = []; export const handler = () => { for (;;) kept.push(new Array(1e5).fill(kept.length)); };',
      { memoryMegabytes: 64 },
    );
    expect(await run(greedy)).toMatchObject({ functionError: { errorType: 'Runtime.ExitError' } });
    silenced.mockRestore();
  });

  test.each([
    ['whose code fails', "throw new TypeError('no table');", { errorType: 'TypeError', errorMessage: 'no table' }],
    [
      'without a handler',
      'export const other = 1;',
      { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is undefined or not exported' },
    ],
  ])('%s when it is loaded', async (_, source, functionError) => {
    expect(await run(await processOf(source))).toEqual({ functionError });
  });
});

describe('a process is stopped', () => {
  test.each([
    ['while it waits', 'export const handler = () => new Promise(() => {});'],
    ['while it is stuck', 'export const handler = () => { for (;;); };'],
  ])('%s', async (_, source) => {
    const environment = await processOf(source);
    const answer = run(environment);
    await environment.ready;
    await environment.stop();
    expect(environment.hasEnded()).toBe(true);
    expect(await answer).toMatchObject({ functionError: { errorType: 'Runtime.ExitError' } });
  });

  test('but not by Ctrl-C, which reaches it beside the one that waits for its answer', async () => {
    const interrupted = await processOf(
      "export const handler = async () => { process.kill(process.pid, 'SIGINT'); await new Promise(setImmediate); return 1; };",
    );
    expect(await run(interrupted)).toEqual({ payload: '1' });
  });
});
