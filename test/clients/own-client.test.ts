import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedClient, ownClient } from './generated-client.ts';

it('own-client.ts is the one that is generated from docs/openapi.json (npm run docs)', async () => {
  expect(readFileSync(ownClient, 'utf8')).toBe(await generatedClient());
});
