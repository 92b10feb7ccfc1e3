import { createBoth } from './client.ts';
import { runningStack } from './stack.ts';

const base = '/api/assisted-install';

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A stack with one cluster and its infra-env, and requests to it as they go over the wire. */
export const conventionsStack = async () => {
  const { url, api } = await runningStack({ installers: { '4.20.3': {} } });
  const { clusterId, infraEnvId } = await createBoth(api, '4.20', {
    kernel_arguments: [{ operation: 'append', value: 'a=b' }],
  });

  /** `{cluster}` and `{infra-env}` in the path stand for the ids. */
  const send = async (method: string, path: string, { headers = {}, body }: Sent = {}) => {
    const filled = path.replace('{cluster}', clusterId).replace('{infra-env}', infraEnvId);
    const answer = await fetch(`${url}${base}${filled}`, {
      method,
      redirect: 'manual',
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  return { api, clusterId, infraEnvId, send };
};

export const bodyOf = ({ text }: { readonly text: string }) => JSON.parse(text);
