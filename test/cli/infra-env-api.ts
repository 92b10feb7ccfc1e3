import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface InfraEnvSettings {
  readonly ignition: string;
  readonly kernelArguments?: readonly string[];
  readonly architecture?: string;
  /** Of the API's answers, when it refuses. */
  readonly status?: number;
  /** Instead of an infra-env. */
  readonly answer?: string;
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

const serve = async (listener: RequestListener) => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => close(server);
  onTestFinished(stop);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop };
};

/** An API that knows one infra-env, and a storage of another origin that it sends clients to for the ignition. */
export const infraEnvApi = async ({
  ignition,
  kernelArguments,
  architecture = 'x86_64',
  status = 200,
  answer,
}: InfraEnvSettings) => {
  const id = '5e1a7f6e-3c1d-4a44-9d51-6b7e0c2f8a10';
  const authorizations: Record<'api' | 'storage', (string | undefined)[]> = { api: [], storage: [] };
  const infraEnv = JSON.stringify({
    id,
    cpu_architecture: architecture,
    openshift_version: '4.20.3',
    kernel_arguments:
      kernelArguments && JSON.stringify(kernelArguments.map((value) => ({ operation: 'append', value }))),
  });
  const storage = await serve(({ headers }, response) => {
    authorizations.storage.push(headers.authorization);
    response.end(ignition);
  });
  const { url, stop } = await serve(({ url: path, headers }, response) => {
    authorizations.api.push(headers.authorization);
    if (status !== 200) response.writeHead(status).end('{"code":"404","reason":"record not found"}');
    else if (path === `/v2/infra-envs/${id}`) response.end(answer ?? infraEnv);
    else if (path === `/v2/infra-envs/${id}/downloads/files?file_name=discovery.ign`)
      response.writeHead(302, { location: `${storage.url}/discovery.ign` }).end();
    else response.writeHead(404).end();
  });
  return { id, url, stop, authorizations };
};
