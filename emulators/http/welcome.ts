import type { IncomingHttpHeaders, Server } from 'node:http';
import { intercepted } from './intercepted.ts';

/** Whether a server answers a request with such headers. */
type Welcome = (headers: IncomingHttpHeaders) => boolean;

const hostName = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

const address = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;
/** Names that nobody can register: of this machine, of the network around it, and of the host for its containers. */
const unregistrable = /^([^.]*|(.+\.)?localhost|.+\.internal)$/;

/**
 * Whether a client has reached this machine by an address, or by a name that no stranger can own. The browser of somebody
 * who reads a stranger's page takes whatever the name of that page points to for the page's own server, this one included
 * (DNS rebinding), but it still sends the name.
 *
 * @param host a Host header
 */
export const namesThisMachine = (host = ''): boolean => {
  const name = hostName(host);
  return address.test(name) || unregistrable.test(name);
};

/** For what programs call and browsers never do: a browser that calls for a page of another origin sends `Origin`. */
export const fromPrograms: Welcome = ({ host, origin }) => origin === undefined && namesThisMachine(host);

/** The server, which now answers 403 to whom it does not welcome. */
export const onlyFor = (isWelcome: Welcome, server: Server): Server =>
  intercepted(server, (request, response, pass) => {
    if (isWelcome(request.headers)) pass(request);
    else response.writeHead(403, { connection: 'close' }).end();
  });
