import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const program = join(import.meta.dirname, '../../local/main.ts');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-'));
});

afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => {
  const { OPENSHIFT_INSTALL: _, ...env } = process.env;
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const exited = once(child, 'close').then(([code]) => ({ code, errors: errors.join('') }));
  return { child, exited, lines: createInterface(child.stdout) };
};

const firstLines = async (lines: Interface, count: number): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const line of lines) {
    found.push(line);
    if (found.length === count) break;
  }
  return found;
};

const started = async (data: string) => {
  const { child, exited, lines } = run('--port', '0', '--data', data);
  const [first = '', last = ''] = await firstLines(lines, 2);
  return { child, exited, url: first.replace('listening on ', ''), last };
};

describe('npm start', () => {
  test('says where it listens, what to open, and how to get a real release while there is none', async () => {
    const { child, exited, url, last } = await started(join(folder, 'data'));
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(last).toBe(`open ${url}/ in a browser`);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(await (await fetch(`${url}/v2/openshift-versions`)).json()).toMatchObject({
      '4.20.0-sample': { display_name: '4.20.0-sample' },
    });
    child.kill('SIGTERM');
    const { code, errors } = await exited;
    expect({ code, lines: errors.trimEnd().split('\n').length }).toEqual({ code: 0, lines: 1 });
    expect(errors).toMatch(/sample release 4\.20\.0-sample, .* `-- --release 4\.20\.3`.* `-- --installer PATH`/);
  });

  test('starts again on the same data after a kill, which is refused to a second one meanwhile', async () => {
    const data = join(folder, 'killed');
    const first = await started(data);
    const second = await run('--port', '0', '--data', data).exited;
    expect(second).toEqual({ code: 1, errors: `the data folder ${data} is in use by another running instance\n` });
    first.child.kill('SIGKILL');
    await first.exited;
    const third = await started(data);
    third.child.kill('SIGINT');
    expect(await third.exited).toMatchObject({ code: 0 });
  });

  test.each([
    [['--bogus'], "Unknown option '--bogus'. See --help.\n"],
    [
      ['--port', '0', '--data', '/dev/null/x'],
      expect.stringMatching(/^cannot write the data folder \/dev\/null\/x: .*\n$/),
    ],
  ])('%j ends with one line and 1', async (args, errors) => {
    expect(await run(...args).exited).toEqual({ code: 1, errors });
  });
});
