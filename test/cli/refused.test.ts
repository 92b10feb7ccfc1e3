import { expect, it } from 'vitest';
import { Refused } from '#cli/api/api-request.ts';

const advice = '; put a valid token into OVE_IGNITION_TOKEN';

it.each([
  [401, '{"code":401,"message":"unauthenticated"}', `401: unauthenticated${advice}`],
  [401, '{"message":"Unauthorized"}', `401: Unauthorized${advice}`],
  [403, '{"message":"Forbidden"}', `403: Forbidden${advice}`],
  [403, '<html>', `403${advice}`],
  [403, '{"code":403,"message":"you have 2 infra-envs"}', '403: you have 2 infra-envs'],
  [
    400,
    '{"code":"400","reason":"2 errors occurred:\\n\\t* one\\n\\t* two\\n\\n"}',
    '400: 2 errors occurred: * one * two',
  ],
  [404, '{"code":"404","reason":"record not found"}', '404: record not found'],
])('HTTP %i with %s is said so, and asks for a token only where one would help', (status, body, said) => {
  expect(new Refused(status, Buffer.from(body)).message).toBe(`the API refuses with HTTP ${said}`);
});
