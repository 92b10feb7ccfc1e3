import { describe, expect, it } from 'vitest';
import { readHttpRequest } from '#runtime/http-request.ts';
import { httpEvent } from './events.ts';

describe('the origin of a request, under which the client has reached the API', () => {
  const originOf = (domainName: string | undefined, headers: Record<string, string>): string => {
    const event = httpEvent({ headers });
    const requestContext = { ...event.requestContext, ...(domainName === undefined ? {} : { domainName }) };
    return readHttpRequest({ ...event, requestContext }).origin;
  };

  it.each([
    ['of API Gateway', 'abc.execute-api.example', { 'X-Forwarded-Proto': 'https' }, 'https://abc.execute-api.example'],
    [
      'of the local stack',
      '127.0.0.1',
      { Host: '127.0.0.1:8090', 'X-Forwarded-Proto': 'http' },
      'http://127.0.0.1:8090',
    ],
    ['that tells no scheme', 'ove.example', {}, 'https://ove.example'],
    [
      'that tells a scheme of which there is none',
      'ove.example',
      { 'X-Forwarded-Proto': 'file' },
      'https://ove.example',
    ],
    ['whose client names another host', 'ove.example', { Host: 'elsewhere.example' }, 'https://ove.example'],
    ['whose client writes more than a port', 'ove.example', { Host: 'ove.example:80/x' }, 'https://ove.example'],
    ['that tells nothing', undefined, {}, 'https://localhost'],
  ])('%s', (_, domainName, headers, origin) => {
    expect(originOf(domainName, headers)).toBe(origin);
  });
});

describe('the path of a request', () => {
  it.each([
    ['/v2/clusters', '/v2/clusters'],
    ['/api/assisted-install/v2/clusters', '/v2/clusters'],
    ['/api/assisted-install/v2/clusters//default-config/', '/v2/clusters/default-config'],
    ['/api/assisted-install/v2/./clusters', '/v2/clusters'],
    ['/api/assisted-install/v2/infra-envs/../clusters/.', '/v2/clusters'],
    ['/../../v2/clusters', '/v2/clusters'],
    ['/', '/'],
  ])('%s is read as %s', (rawPath, path) => {
    expect(readHttpRequest(httpEvent({ path: rawPath })).path).toBe(path);
  });
});
