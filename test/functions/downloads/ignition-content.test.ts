import { describe, expect, it } from 'vitest';
import { serve } from './served.ts';

describe('GET …/downloads/ignition', () => {
  it('answers the ignition itself, which no cache may keep', async () => {
    const { status, headers, body } = await serve({ generated: true }).getIgnition();
    expect([status, headers?.['content-type'], headers?.['cache-control']]).toEqual([
      200,
      'application/json',
      'no-store',
    ]);
    expect(body.key).toMatch(/discovery\.ign$/);
  });

  it('has it generated where it is not there yet', async () => {
    const { getIgnition, asked } = serve();
    expect((await getIgnition()).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  it('is to be asked again where another revision has come in between', async () => {
    expect((await serve({ generated: true, gone: true }).getIgnition()).status).toBe(504);
  });

  it('answers nobody but the owner', async () => {
    expect((await serve({ generated: true }).getIgnition('somebody-else')).status).toBe(404);
  });
});
