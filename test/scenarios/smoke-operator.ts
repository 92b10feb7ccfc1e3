import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { failureLine } from '#cli/failure-line.ts';
import { runSmokeCommand, type SmokeContext } from '#cli/smoke/smoke-command.ts';
import { serveInTest } from '#test/fakes/serve-in-test.ts';
import { temporaryFolder } from '#test/fakes/temporary-folder.ts';

/** An operator who types `npx ove smoke …`. */
export const smoke = async (args: readonly string[], more: Partial<SmokeContext> = {}) => {
  const said: string[] = [];
  const failed = await runSmokeCommand(args, {
    say: (line) => said.push(line),
    signal: new AbortController().signal,
    env: {},
    signer: () => Promise.reject(new Error('nobody signs here')),
    ...more,
  }).then(
    () => undefined,
    (error) => failureLine(error, 'smoke'),
  );
  return { said, failed };
};

interface Breakage {
  /** Of a request, e.g. `POST /v2/clusters`. */
  readonly at: RegExp;
  /** Called before the answer is made. */
  readonly reached?: () => void;
  /** Whether the service does what it is asked for, and only its answer is another. */
  readonly done?: boolean;
}

const passOn = (api: string, path: string, init: RequestInit): Promise<Response> =>
  fetch(`${api}${path}`, { ...init, redirect: 'manual' });

/** The data folder of a stack that is like another, except that it answers some requests with 500. */
export const brokenStack = async (dataDir: string, { at, reached = () => {}, done = false }: Breakage) => {
  const stack = JSON.parse(await readFile(join(dataDir, 'stack.json'), 'utf8'));
  const url = await serveInTest(async (request, response) => {
    const { method = 'GET', url: path = '/', headers } = request;
    const body = await text(request);
    const isBroken = at.test(`${method} ${path}`);
    const authorization = headers.authorization;
    const init = {
      method,
      headers: { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) },
      ...(body === '' ? {} : { body }),
    };
    const answer = isBroken && !done ? undefined : await passOn(stack.outputs.ApiUrl, path, init);
    if (isBroken) reached();
    if (isBroken || answer === undefined) response.writeHead(500).end('{"reason":"broken"}');
    else
      response
        .writeHead(answer.status, { location: answer.headers.get('location') ?? '' })
        .end(Buffer.from(await answer.arrayBuffer()));
  });
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'stack.json'), JSON.stringify({ ...stack, outputs: { ...stack.outputs, ApiUrl: url } }));
  return folder;
};
