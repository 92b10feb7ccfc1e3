import { describe, expect, it } from 'vitest';
import { eventCatalogue, newEvent } from '#domain/event.ts';

const now = new Date('2026-03-01T12:00:00.000Z');

describe('an event', () => {
  it('has the severity and text of the catalogue, its properties put in', () => {
    const event = newEvent('ignition_generation_failed', {
      id: 'e',
      now,
      infraEnvId: 'i',
      properties: { revision: 3, error: 'too large' },
    });
    expect(event).toEqual({
      id: 'e',
      name: 'ignition_generation_failed',
      severity: 'error',
      message: 'Failed to generate discovery.ign of revision 3. Error: too large',
      eventTime: '2026-03-01T12:00:00.000Z',
      infraEnvId: 'i',
      expiresAt: Date.parse('2026-03-31T12:00:00.000Z') / 1000,
    });
  });

  it.each(Object.keys(eventCatalogue))('%s is named as events of the published API are', (name) => {
    expect(name).toMatch(/^[a-z]+(_[a-z]+)+$/);
  });
});
