import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkKernelArguments, kernelArgumentPattern } from '#domain/infra-env/kernel-arguments.ts';
import { cpuMilliseconds } from '#test/cpu-time.ts';
import { refusalOf } from '../values/refusal.ts';

const append = (value: string) => ({ operation: 'append', value }) as const;

test.each([
  [],
  [append('rd.net.timeout.carrier=60'), append('ip=[2001:db8::1]::[::]:64::eth0:none,a@b~c!d*e?f%g^h`')],
  [append('a="b c"'), append('dyndbg="file a.c +p; file b.c +p"'), append('a#b')],
])('accepts %j', (...list) => {
  expect(refusalOf(() => checkKernelArguments(list))).toBeUndefined();
});

test.each(['replace', 'delete'] as const)('refuses to %s', (operation) => {
  expect(refusalOf(() => checkKernelArguments([append('a'), { operation, value: 'b' }]))).toBe(
    `Only kernel argument operation append is supported.  Got ${operation}`,
  );
});

test.each(['a="b\nc"', 'a\u0007', 'a\u2028b'])('refuses %j, which is not one line', (value) => {
  expect(refusalOf(() => checkKernelArguments([append(value)]))).toMatch(/^Kernel argument has control characters: a/);
});

test.each(['a;reboot', 'a=$root', 'a="$root"', 'a\\x2db', '}', 'a|b', 'a&b', '<a', 'a>b', "a='b'", '#a', '"a";b'])(
  'refuses %j, which the boot loader would take for more than an argument',
  (value) => {
    expect(refusalOf(() => checkKernelArguments([append(value)]))).toMatch(
      /^Kernel argument has characters that the boot loader takes for commands /,
    );
  },
);

test.each([
  'ignition.config.url=http://10.0.0.1/a.ign',
  '"ignition.config.url=http://10.0.0.1/a.ign"',
  'a="b ignition.config.url=http://10.0.0.1/a.ign"',
])('refuses %j, for which a host would pass over the configuration of its ISO', (value) => {
  expect(refusalOf(() => checkKernelArguments([append(value)]))).toContain('use ignition_config_override');
});

test('refuses another label of the ISO than its own, by which a host would look for its system', () => {
  expect(refusalOf(() => checkKernelArguments([append('coreos.liveiso=other')]))).toBe(
    'Kernel argument coreos.liveiso would have a host look for its system on another medium than this ISO, and never start',
  );
  expect(refusalOf(() => checkKernelArguments([append('ignition.firstboot=0')]))).toBe(
    'Kernel argument ignition.firstboot would decide whether a host takes any of these settings, and the ISO has it already',
  );
  expect(refusalOf(() => checkKernelArguments([append('coreos.inst.install_dev=/dev/sda')]))).toBe(
    'Kernel argument coreos.inst.install_dev would have a host write the plain system to that disk at once, and nothing of these settings',
  );
});

test('accepts what only looks like another configuration', () => {
  expect(refusalOf(() => checkKernelArguments([append('my.ignition.config.url=a'), append('a=b')]))).toBeUndefined();
});

describe('the room for kernel arguments', () => {
  const taking = (bytes: number) => [append('a'.repeat(1000)), append(`${'ä'.repeat((bytes - 1001) / 2)}`)];

  it('is that of the largest area, without its line end', () => {
    expect(refusalOf(() => checkKernelArguments(taking(2047)))).toBeUndefined();
  });

  it('is not exceeded, whatever the ISO', () => {
    expect(refusalOf(() => checkKernelArguments(taking(2049)))).toBe(
      'the kernel arguments take 2049 bytes, and no ISO has room for more than 2047: shorten kernel_arguments',
    );
  });
});

const published = /^(?:(?:[^ \t\n\r"]+)|(?:"[^"]*"))+$/;
const argument = fc.string({
  unit: fc.constantFrom('a', '=', '"', ' ', '\n', '\t', '\r', ';', '#', '$', '}'),
  maxLength: 10,
});

it('matches what the published pattern matches', () => {
  fc.assert(
    fc.property(argument, (text) => {
      expect(kernelArgumentPattern.test(text)).toBe(published.test(text));
    }),
  );
});

it('needs no more than a moment for a long text', async () => {
  const text = `${'a'.repeat(200_000)} `;
  expect(await cpuMilliseconds(() => expect(kernelArgumentPattern.test(text)).toBe(false))).toBeLessThan(1000);
});

test('no accepted argument ends a line, leaves its quotes open, or is more than one word to a boot loader', () => {
  fc.assert(
    fc.property(argument, (value) => {
      if (!kernelArgumentPattern.test(value) || refusalOf(() => checkKernelArguments([append(value)])) !== undefined)
        return;
      expect(value).not.toMatch(/[\p{Cc}]/u);
      expect(value.split('"').length % 2).toBe(1);
      expect(value).toMatch(/^(?:[a=]|(?<!^)#|"[a= ;#}]*")+$/);
    }),
    { numRuns: 1000 },
  );
});
