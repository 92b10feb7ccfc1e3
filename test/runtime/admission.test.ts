import { describe, expect, it } from 'vitest';
import type { Access } from '#contract/routes/route.ts';
import type { Caller } from '#domain/owner.ts';
import { type Admit, admitByGateway, admitByTokens, admitEveryone } from '#runtime/admission.ts';
import { readHttpRequest } from '#runtime/http-request.ts';
import { anInfraEnv } from '#test/fakes/records.ts';
import { httpEvent } from './events.ts';

const ann: Caller = { userName: 'ann', orgId: '', emailDomain: 'Unknown' };
const bob: Caller = { userName: 'bob', orgId: '', emailDomain: 'Unknown' };
const infraEnv = anInfraEnv({ owner: bob });
const others = anInfraEnv({ id: '88888888-8888-4888-8888-888888888888', owner: bob });
const bobsToken: Caller = { ...bob, onlyInfraEnv: infraEnv.id };

/** `annt` is a token of the issuer's for ann, `bobi` and `other` image tokens of bob's infra-envs; there are no others. */
const byTokens = admitByTokens({
  readBearer: async (authorization) =>
    ({ annt: { username: 'ann' }, nameless: { email: 'x@y' } })[authorization.replace('Bearer ', '')],
  imageTokens: {
    issue: () => Promise.reject(new Error('not asked for here')),
    open: async (token) => ({ bobi: infraEnv, other: others })[token],
  },
});

interface Brought {
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string>;
  /** Whom the gateway's authorizer names. */
  readonly named?: string;
}

const visit = (admit: Admit, access: Access, { named = '', ...brought }: Brought, infraEnvId = infraEnv.id) =>
  admit({ access, infraEnvId, request: readHttpRequest(httpEvent({ userName: named, ...brought })) });

const refused = { name: 'NotAuthenticated', status: 401, message: 'unauthenticated for invalid credentials' };

const credentials = {
  nothing: {},
  'a name by the gateway': { named: 'ann' },
  'a token': { headers: { Authorization: 'Bearer annt' } },
  'a bare token': { headers: { Authorization: 'annt' } },
  'a token that is none': { headers: { Authorization: 'Bearer no' } },
  'a token that names nobody': { headers: { Authorization: 'Bearer nameless' } },
  'an image token in its header': { headers: { 'Image-Token': 'bobi' } },
  'an image token as image_token': { query: { image_token: 'bobi' } },
  'an image token as api_key': { query: { api_key: 'bobi' } },
  'an image token as a bearer': { headers: { Authorization: 'Bearer bobi' } },
  'an image token that is none': { query: { api_key: 'no' } },
} as const satisfies Record<string, Brought>;

type Credentials = keyof typeof credentials;
const forms = Object.keys(credentials) as Credentials[];

describe.each<Access>(['public', 'link'])('a route of access %s', (access) => {
  it.each(forms)('asks nobody who comes with %s', async (form) => {
    for (const admit of [admitEveryone, admitByGateway, byTokens]) {
      expect(await visit(admit, access, credentials[form])).toBeUndefined();
    }
  });
});

describe.each<Access>(['user', 'image'])('where nobody is asked, on a route of access %s', (access) => {
  it.each(forms)('everyone is admin with %s', async (form) => {
    const admin = { userName: 'admin', orgId: '', emailDomain: 'Unknown' };
    expect(await visit(admitEveryone, access, credentials[form])).toEqual(admin);
  });
});

const onlyByName: readonly Credentials[] = ['a name by the gateway'];

describe.each<[string, Admit, Access]>([
  ['by signatures of IAM, access user', admitByGateway, 'user'],
  ['by signatures of IAM, access image', admitByGateway, 'image'],
  ['by tokens, access user', byTokens, 'user'],
])('%s', (_, admit, access) => {
  it.each(onlyByName)('admits %s', async (form) => {
    expect(await visit(admit, access, credentials[form])).toEqual(ann);
  });

  it.each(forms.filter((form) => !onlyByName.includes(form)))('refuses %s', async (form) => {
    await expect(visit(admit, access, credentials[form])).rejects.toMatchObject(refused);
  });
});

describe('by tokens, access image', () => {
  it.each<[Credentials, Caller]>([
    ['a token', ann],
    ['a bare token', ann],
    ['an image token in its header', bobsToken],
    ['an image token as image_token', bobsToken],
    ['an image token as api_key', bobsToken],
  ])('admits %s', async (form, caller) => {
    expect(await visit(byTokens, 'image', credentials[form])).toEqual(caller);
  });

  it.each<Credentials>([
    'nothing',
    'a name by the gateway',
    'a token that is none',
    'a token that names nobody',
    'an image token as a bearer',
    'an image token that is none',
  ])('refuses %s', async (form) => {
    await expect(visit(byTokens, 'image', credentials[form])).rejects.toMatchObject(refused);
  });

  it('admits by any good one of several credentials', async () => {
    const stale = { headers: { Authorization: 'Bearer no', 'Image-Token': 'no' }, query: { image_token: 'no' } };
    expect(await visit(byTokens, 'image', { ...stale, query: { ...stale.query, api_key: 'bobi' } })).toEqual(bobsToken);
    expect(await visit(byTokens, 'image', { ...stale, headers: { Authorization: 'annt' } })).toEqual(ann);
  });

  it('admits by the image token that fits, wherever one of another infra-env is', async () => {
    const both = { headers: { 'Image-Token': 'other' }, query: { image_token: 'bobi' } };
    expect(await visit(byTokens, 'image', both)).toEqual(bobsToken);
    expect(await visit(byTokens, 'image', both, others.id)).toEqual({ ...bob, onlyInfraEnv: others.id });
  });

  it.each<Credentials>(['an image token in its header', 'an image token as image_token', 'an image token as api_key'])(
    'refuses %s for another infra-env, there or not, as the assisted-service API does',
    async (form) => {
      const other = '99999999-9999-4999-8999-999999999999';
      await expect(visit(byTokens, 'image', credentials[form], other)).rejects.toMatchObject({
        status: 403,
        message: `Token for infraEnv ID ${infraEnv.id}, is unauthorized to access infraEnv ID ${other}`,
      });
    },
  );
});

describe('a claim that is not a text', () => {
  const tokenOf = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

  it.each([
    [7, '7'],
    [['ann'], '[ann]'],
    [{ name: 'ann' }, '{"name":"ann"}'],
    [true, 'true'],
  ])('names nobody on any route, though the gateway makes a text of it: %j', async (username, named) => {
    const claims = { username };
    const admit = admitByTokens({
      readBearer: async () => claims,
      imageTokens: { issue: () => Promise.reject(new Error('not asked for here')), open: async () => undefined },
    });
    const headers = { Authorization: `Bearer ${tokenOf(claims)}` };
    for (const access of ['user', 'image'] as const) {
      await expect(visit(admit, access, { named, headers })).rejects.toMatchObject(refused);
    }
  });

  it('is no organization either, on any route', async () => {
    const claims = { username: 'ann', org_id: 7 };
    const admit = admitByTokens({
      readBearer: async () => claims,
      imageTokens: { issue: () => Promise.reject(new Error('not asked for here')), open: async () => undefined },
    });
    const headers = { Authorization: tokenOf(claims) };
    for (const access of ['user', 'image'] as const) {
      expect(await visit(admit, access, { named: 'ann', headers })).toEqual(ann);
    }
  });
});
