import { publicMirror } from '#adapters/release-mirror/mirror-layout.ts';
import { supportLevels } from '#domain/release/release.ts';
import { usualData } from './release-target.ts';

const where = `Where:
  --local            the local stack, which has to run (npm start); this is the default
  --data DIR         its data folder (default: ${usualData})
  --stack NAME       a deployed stack, found in the account and region of the standard AWS settings`;

const add = `npx ove release add VERSION [--arch ARCH] [--mirror URL] [--allow-unsigned]
npx ove release add [VERSION] --file PATH
npx ove release add [VERSION] --release-image PULLSPEC --pull-secret FILE

Adds the openshift-install of a release. It has to be exactly of the version named.

From a client mirror (HTTPS_PROXY names a proxy, NODE_EXTRA_CA_CERTS an own certificate authority):
  --arch ARCH        architecture of the release: x86_64 (default), arm64, ppc64le, s390x or multi
  --mirror URL       one with the same folders as ${publicMirror}
  --allow-unsigned   accept checksums without a signature; the release is marked UNSIGNED in the list
From a file:
  --file PATH        an openshift-install for linux/amd64, or the .tar.gz that holds it
From a release payload, through the \`oc\` in PATH:
  --release-image PULLSPEC
  --pull-secret FILE
In any case:
  --support-level L  ${supportLevels.join(', ')}
                     (default: beta for a pre-release, production for any other)
  --feature-gates A=true,B=false
                     what installations that start by themselves set, instead of the table by release lines;
                     none for none
  --operators A,B    operators that the release's ISO carries beside those of the table; none for none`;

const addIso = `npx ove release add-iso VERSION [--arch ARCH] (--file PATH | --url URL | --s3 s3://BUCKET/KEY)

Adds the OVE ISO of a release that is in the catalogue, from which the users' own ISOs are composed. It is
examined before anything is stored. An interrupted run is continued by repeating it within a day.

  --file PATH        an ISO on this machine
  --url URL          one on a web server that gives ranges of files
  --s3 s3://B/K      one in a bucket of the same account and region; it is copied inside S3
  --arch ARCH        which, where the version is there for several and the ISO does not say for which it is`;

const list = `npx ove release list [--json]

Shows the releases of the catalogue.
  --json             as JSON, for programs`;

const remove = `npx ove release remove VERSION [--arch ARCH] [--force]

Removes a release, its openshift-install and its ISO.
  --arch ARCH        which, where the version is there for several architectures
  --force            although live clusters use the version; their downloads then fail`;

const verify = `npx ove release verify [VERSION [--arch ARCH]] [--json]

Reads and hashes what is stored of one release, or of all, and compares the checksum that S3 has of
each ISO with that of its addition; exit code 1 when something is damaged or missing.
  --json             as JSON, for programs`;

const overview = `npx ove release add | add-iso | list | remove | verify

  add       adds the openshift-install of an OpenShift release
  add-iso   adds the OVE ISO of a release
  list      shows the releases
  remove    removes one
  verify    hashes what is stored

npx ove release add --help explains a command.`;

/** Texts of `--help`. */
export const help = {
  overview: `${overview}\n\n${where}\n`,
  add: `${add}\n\n${where}\n`,
  'add-iso': `${addIso}\n\n${where}\n`,
  list: `${list}\n\n${where}\n`,
  remove: `${remove}\n\n${where}\n`,
  verify: `${verify}\n\n${where}\n`,
} as const;
