import { expect, it } from 'vitest';
import { runProgram } from '#adapters/program-run.ts';
import { pidsIn } from '#test/fakes/processes.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

const shell = async (script: string, input = '') =>
  runProgram({
    file: 'sh',
    args: ['-c', script],
    cwd: await temporaryFolder(),
    env: { PATH: process.env.PATH ?? '', GIVEN: 'yes' },
    input,
    stdout: 'pipe',
    timeoutMs: 10_000,
  });

it('gives what the program says and how it ends, with the environment it was given and no other', async () => {
  const script = 'read line; echo "$line $GIVEN $(printenv HOME || echo no home)"; echo wrong >&2; exit 3';
  expect(await shell(script, 'read\n')).toMatchObject({ exitCode: 3, stdout: 'read yes no home\n', stderr: 'wrong\n' });
});

it('has all programs started by one process that is not this one', async () => {
  const [one, other] = await Promise.all([shell('echo $PPID'), shell('echo $PPID')]);
  expect(one.stdout).toBe(other.stdout);
  expect(Number(one.stdout)).not.toBe(process.pid);
});

it('fails with that process, and starts another one for the next program', async () => {
  const pidFile = `${await temporaryFolder()}/pid`;
  const first = shell(`echo $PPID >${pidFile}.new; mv ${pidFile}.new ${pidFile}; sleep 10`);
  const [runner = 0] = await pidsIn(pidFile);
  process.kill(runner, 'SIGKILL');
  await expect(first).rejects.toThrow('the process that runs programs has ended');
  const next = await shell('echo $PPID');
  expect(next).toMatchObject({ exitCode: 0 });
  expect(Number(next.stdout)).not.toBe(runner);
});
