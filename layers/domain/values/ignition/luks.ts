import * as z from 'zod';
import { isJson } from '../json.ts';
import { bytesOf, checked, distinct, flag, list, members, named, text } from './members.ts';
import { path } from './path.ts';
import { resourceOf } from './resource.ts';
import { faultOfHttpUrl } from './source-url.ts';
import type { IgnitionVersion } from './versions.ts';

const tang = members({
  url: checked(faultOfHttpUrl),
  thumbprint: z.string().min(1),
  advertisement: checked((value) => (value === '' || isJson(value) ? undefined : 'must be JSON')).nullish(),
});

const pins = ['tpm2', 'tang', 'sss'];

const custom = members({ pin: text, config: text, needsNetwork: flag });

type Custom = z.output<typeof custom>;

const isUsed = ({ pin, config, needsNetwork }: Custom): boolean => !!pin || !!config || needsNetwork === true;

const checkedCustom = custom
  .refine((entry) => !isUsed(entry) || pins.includes(entry.pin ?? ''), {
    path: ['pin'],
    error: `must be one of ${pins.join(', ')}`,
  })
  .refine((entry) => !isUsed(entry) || !!entry.config, { path: ['config'], error: 'is required' });

/** 3.2.0 looks at whether there is a custom config, the versions after it at what it says. */
const hasCustom = (entry: Custom | null | undefined, version: IgnitionVersion): boolean =>
  !!entry && (version === '3.2.0' || !!entry.pin);

const clevisOf = (version: IgnitionVersion) =>
  members({
    tang: distinct(tang, ({ url }) => url),
    tpm2: flag,
    threshold: z.int().min(0).nullish(),
    custom: checkedCustom.nullish(),
  }).refine(
    ({ tang: servers, tpm2, threshold, custom: own }) =>
      !hasCustom(own, version) || !(servers?.length || tpm2 || threshold),
    { path: ['custom'], error: 'excludes tang, tpm2 and threshold' },
  );

type Clevis = z.output<ReturnType<typeof clevisOf>>;

const isBound = (clevis: Clevis | null | undefined): boolean =>
  !!clevis && !!(clevis.tang?.length || clevis.tpm2 || clevis.threshold || clevis.custom?.pin);

/** As the header of LUKS2 has room for it. */
const label = checked((value) => (bytesOf(value) > 47 ? 'must have at most 47 bytes' : undefined));

export const luksOf = (version: IgnitionVersion) =>
  named(
    members({
      name: z.string().regex(/^[^/]+$/, 'must be a name without slashes'),
      device: path,
      label: label.nullish(),
      uuid: text,
      keyFile: resourceOf(version).nullish(),
      clevis: clevisOf(version).nullish(),
      cex: members({ enabled: flag }).nullish(),
      options: list(z.string()),
      openOptions: list(z.string()),
      discard: flag,
      wipeVolume: flag,
    }).refine(({ cex, clevis, keyFile }) => !cex?.enabled || !(isBound(clevis) || keyFile?.source), {
      path: ['cex'],
      error: 'excludes clevis and a key file',
    }),
    ({ name }) => name,
  );
