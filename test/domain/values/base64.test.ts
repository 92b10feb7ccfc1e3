import { describe, expect, it } from 'vitest';
import { isBase64, joinedBase64 } from '#domain/values/base64.ts';

describe('base64', () => {
  it.each(['', 'QQ==', 'QUE=', 'QUFB', 'QUFB+/8='])('%j is in it', (text) => {
    expect(isBase64(text)).toBe(true);
  });

  it.each(['Q', 'QQ', 'QQ=', 'QUFB=', 'Q===', '====', 'QQ==QUFB', 'QU-_', 'QUFB\n', 'QUF\n', 'QU B'])(
    '%j is not',
    (text) => {
      expect(isBase64(text)).toBe(false);
    },
  );

  it('is joined over every kind of line end, and over nothing else', () => {
    expect(joinedBase64('QU\r\nFB\nQQ\r== ')).toBe('QUFBQQ== ');
  });
});
