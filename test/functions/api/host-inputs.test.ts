import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InfraEnv } from '#domain/infra-env/infra-env.ts';
import { type Call, newInfraEnv, registerCluster, world } from './world.ts';

interface HostInput {
  readonly name: string;
  readonly body: object;
  /** Begins with "refused" or "taken"; what follows is tested beside the rule that it is about. */
  readonly right: string;
}

// Settings that people sent, with what their host would have done with them (2026-11-29).
const { cases }: { cases: HostInput[] } = JSON.parse(
  readFileSync(new URL('../../cases/host-inputs.json', import.meta.url), 'utf8'),
);

const statusOf = ({ right }: HostInput): number => (right.startsWith('refused') ? 400 : 201);

let call: Call;
let changing: Call;

beforeAll(async () => {
  const { serve, dependencies } = await world();
  call = serve();
  // As the transition completes it.
  const { add } = dependencies.infraEnvs;
  const infraEnvs = {
    ...dependencies.infraEnvs,
    add: (record: InfraEnv) => add({ ...record, registration: 'registered' }),
  };
  changing = serve({ infraEnvs });
});

describe.each(cases)('$name', (input) => {
  it(`is ${input.right}, at the registration`, async () => {
    const cluster = await registerCluster(call);
    const { status, body } = await call('POST', '/v2/infra-envs', newInfraEnv(cluster, input.body));
    expect({ status, reason: body.message ?? body.reason }).toMatchObject({ status: statusOf(input) });
  });

  it(`is ${input.right}, as a change`, async () => {
    const cluster = await registerCluster(call);
    const { body: infraEnv } = await changing('POST', '/v2/infra-envs', newInfraEnv(cluster));
    const { status, body } = await changing('PATCH', `/v2/infra-envs/${infraEnv.id}`, input.body);
    expect({ status, reason: body.message ?? body.reason }).toMatchObject({ status: statusOf(input) });
  });
});
