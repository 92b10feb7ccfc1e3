import { describe, expect, it } from 'vitest';
import { faultsOfConfig } from '#domain/ignition/validator-output.ts';

const said = (stdout: string, exitCode: number | undefined = 1, stderr = '') =>
  faultsOfConfig({ exitCode, stdout, stderr });

const at = (message: string) => `error at $.storage.files.0.mode, line 1 col 87: ${message}\n`;

describe('what ignition-validate says', () => {
  it('of a config that Ignition takes is nothing, warnings included', () => {
    expect(said('', 0)).toBeUndefined();
    expect(said('warning at $.x, line 1 col 33: Unused key x\n', 0)).toBeUndefined();
  });

  it('of a version that it does not know is nothing: it cannot judge it', () => {
    expect(said("couldn't parse config: unsupported config version\n")).toBeUndefined();
  });

  it('against a config has the places in it, without lines and warnings', () => {
    const output = `${at('illegal file mode')}warning at $.x, line 1 col 3: Unused key x\nerror at line 2 col 1: bad\n`;
    expect(said(output)).toBe('at $.storage.files.0.mode: illegal file mode; at $: bad');
    expect(said('', 1, at('illegal file mode'))).toBe('at $.storage.files.0.mode: illegal file mode');
  });

  it.each([
    ['expected base64, got hunter2', 'expected base64'],
    ['invalid unit content: found garbage after section name : "hunter2"', 'found garbage after section name'],
    ["invalid character 'h' in hunter", 'invalid character … in hunter'],
    ['json: cannot unmarshal number 4711 into Go value of type string', 'unmarshal number into Go value'],
    ['cannot take c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA==', 'cannot take …'],
    ["HTTP header name can't be empty", "HTTP header name can't be empty"],
  ])('repeats no value: %s', (message, shown) => {
    expect(said(at(message))).toContain(shown);
    expect(said(at(message))).not.toMatch(/hunter2|4711|c2Vj/);
  });

  it('is bounded', () => {
    expect(said(at('no').repeat(11))?.split('; ')).toHaveLength(10);
    expect(said(at('very '.repeat(1_000)))?.length).toBeLessThan(1_100);
  });

  it.each([
    ['crashes', 2, 'panic: hunter2'],
    ['is killed', undefined, ''],
    ['says nothing', 1, ''],
    ['cannot read', 1, 'failed to open hunter2'],
  ])('counts for nothing when it %s, and is not repeated', (_, exitCode, output) => {
    const message = `ignition-validate failed with exit code ${exitCode ?? 'unknown'}`;
    expect(() => faultsOfConfig({ exitCode, stdout: output, stderr: '' })).toThrow(
      expect.objectContaining({ message }),
    );
  });
});
