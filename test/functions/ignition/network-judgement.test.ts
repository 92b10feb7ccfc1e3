import { describe, expect, it } from 'vitest';
import { failure } from '#domain/errors.ts';
import type { NetworkConfiguration, NetworkProgram } from '#domain/ignition/ignition-ports.ts';
import { judgeSettings } from '#functions/ignition/settings-judgement.ts';

const fine: NetworkConfiguration = { keyfiles: [{ name: 'eth0.nmconnection', content: '' }] };

const documents = (hosts: number) => Array.from({ length: hosts }, (_, host) => ({ network_yaml: `${host}` }));

const judging = (generate: NetworkProgram['generate'], hosts: number, remainingMs = 110_000) => {
  const request = { static_network_config: documents(hosts) };
  const ignitionValidator = { faultsOf: () => Promise.reject(new Error('there is no override')) };
  return judgeSettings({ networkProgram: { generate }, ignitionValidator })(request, {
    remainingMs: () => remainingMs,
  });
};

/** Answers one turn later; keeps count of how many run at the same time. */
const counting = (answer: (document: string) => NetworkConfiguration) => {
  const seen = { started: 0, running: 0, most: 0 };
  const generate: NetworkProgram['generate'] = async ({ document }) => {
    seen.started += 1;
    seen.running += 1;
    seen.most = Math.max(seen.most, seen.running);
    await new Promise(setImmediate);
    seen.running -= 1;
    return answer(document);
  };
  return { seen, generate };
};

describe('judging the networks of hosts', () => {
  it('finds no fault where nmstate can configure all of them', async () => {
    expect(await judging(async () => fine, 3)).toEqual({ networks: [] });
  });

  it('names every host that cannot be configured, in order, with its reason', async () => {
    const { generate } = counting((document) => (Number(document) % 3 === 0 ? { reason: `no ${document}` } : fine));
    expect(await judging(generate, 8)).toEqual({
      networks: [0, 3, 6].map((host) => ({ host, reason: `no ${host}` })),
    });
  });

  it('runs a few at the same time and never more', async () => {
    const { seen, generate } = counting(() => fine);
    await judging(generate, 50);
    expect(seen).toEqual({ started: 50, running: 0, most: 4 });
  });

  it('starts no further run once nmstatectl is missing, and waits for those under way', async () => {
    const { seen, generate } = counting(() => {
      throw failure('NetworkProgramMissing');
    });
    await expect(judging(generate, 50)).rejects.toMatchObject({ name: 'NetworkProgramMissing' });
    expect(seen).toMatchObject({ started: 4, running: 0 });
  });

  it.each([
    ['its caller waits', 110_000, 25_000],
    ['is left of its own time', 6_000, 5_000],
  ])('gives a run no more time than %s', async (_, remainingMs, longest) => {
    const limits: number[] = [];
    const generate: NetworkProgram['generate'] = async ({ timeoutMs }) => {
      limits.push(timeoutMs);
      return fine;
    };
    await judging(generate, 1, remainingMs);
    expect(limits).toEqual([longest]);
  });

  it('goes on, when it is asked again, where its time was up', async () => {
    let isSlow = true;
    const { seen, generate } = counting((document) => {
      if (isSlow && Number(document) >= 30) throw failure('SettingsCheckUnavailable', { settings: 'x' });
      return Number(document) === 47 ? { reason: 'bad' } : fine;
    });
    const judge = judgeSettings({
      networkProgram: { generate },
      ignitionValidator: { faultsOf: async () => undefined },
    });
    const ask = () => judge({ static_network_config: documents(50) }, { remainingMs: () => 60_000 });

    await expect(ask()).rejects.toMatchObject({ name: 'SettingsCheckUnavailable' });
    const before = seen.started;
    isSlow = false;
    expect(await ask()).toEqual({ networks: [{ host: 47, reason: 'bad' }] });
    expect(seen.started - before).toBe(20);
    expect(await ask()).toEqual({ networks: [{ host: 47, reason: 'bad' }] });
    expect(seen.started - before).toBe(21);
  });

  it('runs once for documents that are the same', async () => {
    const { seen, generate } = counting(() => fine);
    const judge = judgeSettings({
      networkProgram: { generate },
      ignitionValidator: { faultsOf: async () => undefined },
    });
    const request = { static_network_config: Array.from({ length: 50 }, () => ({ network_yaml: 'same' })) };
    expect(await judge(request, { remainingMs: () => 60_000 })).toEqual({ networks: [] });
    expect(seen.started).toBeLessThanOrEqual(4);
  });

  it('of nobody is done at once', async () => {
    expect(await judging(() => Promise.reject(new Error('it was run')), 0)).toEqual({ networks: [] });
  });
});
