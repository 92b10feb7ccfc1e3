import { describe, expect, it } from 'vitest';
import { oracleCloudFiles } from '#domain/ignition/standard/oracle-cloud.ts';
import { machine } from './machine.ts';

/** A machine on which the metadata service answers like this, asked by curl. */
const hostWith = async (status: string, body: string) => {
  const encoded = Buffer.from(body).toString('base64');
  const host = await machine(oracleCloudFiles, {
    curl: [
      'echo "$*" > "$SYSTEM_ROOT/asked"',
      'while [ "$1" != --output ]; do shift; done',
      `echo '${encoded}' > "$2"; printf '%s' ${status}`,
    ].join('\n'),
  });
  return { ...host, evaluate: () => host.run('/usr/local/bin/oci-eval-user-data.sh') };
};

const marking = 'echo "$0" > "$SYSTEM_ROOT/ran"; exit 7';

describe('oci-eval-user-data.sh', () => {
  it.each([undefined, 'Some other vendor'])('asks nobody on a machine of another kind: %s', async (tag) => {
    const host = await hostWith('200', marking);
    if (tag !== undefined) await host.write('/sys/class/dmi/id/chassis_asset_tag', `${tag}\n`);
    expect((await host.evaluate()).exitCode).toBe(0);
    expect(Object.keys(await host.folder('/'))).not.toContain('asked');
  });

  const oracleHost = async (status: string) => {
    const host = await hostWith(status, marking);
    await host.write('/sys/class/dmi/id/chassis_asset_tag', 'OracleCloud.com\n');
    return host;
  };

  it('runs the script of the user data, and ends as that ends', async () => {
    const host = await oracleHost('200');
    expect((await host.evaluate()).exitCode).toBe(7);
    expect(await host.read('/ran')).toMatch(/script\n$/);
    expect(await host.read('/asked')).toMatch(/--header Authorization: Bearer Oracle .*http:\/\/169\.254\.169\.254\//);
  });

  it.each([
    ['404', 0],
    ['500', 1],
  ])('runs nothing when the metadata service answers %s', async (status, exitCode) => {
    const host = await oracleHost(status);
    expect((await host.evaluate()).exitCode).toBe(exitCode);
    await expect(host.read('/ran')).rejects.toThrow('ENOENT');
  });
});
