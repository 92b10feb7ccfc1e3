import { describe, expect, it, test } from 'vitest';
import { operatorCatalogue } from '#domain/catalogues/operator-catalogue.ts';
import { hardwareRequirements } from '#domain/cluster/hardware-requirements.ts';
import { type Given, registered, release } from './samples.ts';

const disk = { disk_size_gb: 100, installation_disk_speed_threshold_ms: 10 };

describe('what OpenShift needs of a host', () => {
  it('among several', () => {
    expect(hardwareRequirements(registered()).ocp).toEqual({
      master: {
        quantitative: {
          ...disk,
          cpu_cores: 4,
          ram_mib: 16384,
          network_latency_threshold_ms: 100,
          packet_loss_percentage: 0,
        },
        qualitative: [],
      },
      worker: {
        quantitative: {
          ...disk,
          cpu_cores: 2,
          ram_mib: 8192,
          network_latency_threshold_ms: 1000,
          packet_loss_percentage: 10,
        },
        qualitative: [],
      },
    });
  });

  test.each([
    ['4.21.0', 8],
    ['4.22.0', 4],
  ])('that is alone, with %s: %i cores', (version, cpu_cores) => {
    const cluster = registered({ control_plane_count: 1 }, release(version));
    expect(hardwareRequirements(cluster).ocp.master.quantitative).toEqual({ ...disk, cpu_cores, ram_mib: 16384 });
  });

  test.each<[Given['disk_encryption'], boolean, boolean]>([
    [{ enable_on: 'all' }, true, true],
    [{ enable_on: 'masters' }, true, false],
    [{ enable_on: 'arbiters,workers' }, false, true],
    [{ enable_on: 'none' }, false, false],
    [{ enable_on: 'all', mode: 'tang', tang_servers: '[{"url":"http://t.io","thumbprint":"x"}]' }, false, false],
  ])('that encrypts its disk (%j) is a TPM where the key lies in one', (disk_encryption, master, worker) => {
    const { ocp } = hardwareRequirements(registered({ disk_encryption }));
    const tpm = [ocp.master, ocp.worker].map(({ quantitative }) => 'tpm_enabled_in_bios' in quantitative);
    expect(tpm).toEqual([master, worker]);
  });
});

describe('what operators need of a host', () => {
  const needsOf = (name: string, ...cluster: Parameters<typeof registered>) =>
    hardwareRequirements(registered(...cluster)).operators.find(({ operator_name }) => operator_name === name);

  it('is said of each, chosen or not', () => {
    const names = hardwareRequirements(registered()).operators.map(({ operator_name }) => operator_name);
    expect(names).toEqual([...operatorCatalogue.keys()]);
  });

  test.each<[string, Given, object, object]>([
    ['cnv', {}, { cpu_cores: 4, ram_mib: 150 }, { cpu_cores: 2, ram_mib: 360 }],
    ['odf', {}, { cpu_cores: 6, ram_mib: 19456 }, { cpu_cores: 8, ram_mib: 19456 }],
    ['mce', {}, { cpu_cores: 4, ram_mib: 16384 }, { cpu_cores: 4, ram_mib: 16384 }],
    ['mce', { control_plane_count: 1 }, { cpu_cores: 8, ram_mib: 32768 }, { cpu_cores: 8, ram_mib: 32768 }],
    ['lvm', {}, { cpu_cores: 1, ram_mib: 100 }, {}],
    ['openshift-ai', {}, {}, { cpu_cores: 8, ram_mib: 32768 }],
    ['kmm', {}, {}, {}],
  ])('%s with %j', (name, given, master, worker) => {
    expect(needsOf(name, given)?.requirements).toMatchObject({
      master: { quantitative: master },
      worker: { quantitative: worker },
    });
  });

  test.each([
    ['4.12.1', 1200],
    ['4.15.1', 400],
    ['4.16.0', 100],
  ])('lvm with %s: %i MiB', (version, ram_mib) => {
    const { requirements } = needsOf('lvm', {}, release(version)) ?? {};
    expect(requirements?.master.quantitative).toEqual({ cpu_cores: 1, ram_mib });
  });

  it('names the operators that come along', () => {
    expect(needsOf('odf')?.dependencies).toEqual(['lso']);
    expect(needsOf('openshift-ai')?.dependencies).toEqual([]);
    expect(needsOf('openshift-ai', { control_plane_count: 1 })?.dependencies).toEqual(['lvm']);
  });
});
