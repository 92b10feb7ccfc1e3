import { entriesOf } from '../../values/json.ts';
import { excerpt } from '../../values/printable.ts';
import { faultIf, type Judge } from './fault.ts';

/** Hashes in base64url (RFC 7638) of the lengths that Clevis knows: SHA-1, SHA-224, SHA-256, SHA-384, SHA-512. */
const thumbprint = /^(?:[\w-]{27}|[\w-]{38}|[\w-]{43}|[\w-]{64}|[\w-]{86})$/;

/** Tang servers that no host could bind its disk to. */
export const diskDoubts: Judge = ({ cluster }) => {
  const { enable_on = 'none', mode, tang_servers } = cluster.settings.disk_encryption ?? {};
  const servers: unknown = enable_on !== 'none' && mode === 'tang' && tang_servers ? JSON.parse(tang_servers) : [];
  const prints = [servers].flat().map((server) => String(entriesOf(server)?.get('thumbprint')));
  const wrong = prints.find((print) => !thumbprint.test(print));
  return faultIf(
    wrong !== undefined,
    'disk_encryption',
    `${excerpt(wrong ?? '')} is not a thumbprint of Tang, which is a hash in base64url, e.g. of 43 characters`,
  );
};
