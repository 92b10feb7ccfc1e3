import { request } from 'node:http';

interface Sent {
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Of the answer to a request with any headers, `Host` among them, which fetch would not send. */
export const httpStatus = (url: string, { method = 'GET', headers }: Sent): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject).end();
  });
