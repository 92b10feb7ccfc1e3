import { InMemoryWebStorage, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type * as z from 'zod';
import type { Routes } from '#contract/route-table.ts';
import { urlOf } from '../api/call.ts';

type PageSettings = z.output<Routes['GetPageSettings']['answer']>;
export type SignInSettings = NonNullable<PageSettings['sign_in']>;

const isReturning = (): boolean => {
  const query = new URLSearchParams(location.search);
  return query.has('state') && (query.has('code') || query.has('error'));
};

/** Back to where somebody was before they left to sign in; the code is good for one use and belongs in no address. */
const returnTo = (place: unknown): void => {
  const hash = typeof place === 'string' ? place : '';
  history.replaceState(null, '', `${location.pathname}${hash}`);
  dispatchEvent(new HashChangeEvent('hashchange'));
};

/**
 * Signs people in by OpenID Connect: code flow with PKCE. Tokens are in the memory of the page alone, so a reload asks the
 * issuer again, which knows the person by its own session.
 */
export const signIn = ({ authority, client_id, scope }: SignInSettings) => {
  const manager = new UserManager({
    authority,
    client_id,
    scope,
    redirect_uri: urlOf('/').href,
    response_type: 'code',
    userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    // By a refresh token, where the issuer gives one: the page opens no frames.
    automaticSilentRenew: true,
    monitorSession: false,
  });

  return {
    /** Whether somebody has come back from signing in. @throws Error with the issuer's reason when it refused */
    complete: async (): Promise<boolean> => {
      if (!isReturning()) return false;
      try {
        const user = await manager.signinRedirectCallback();
        returnTo(user.state);
        return true;
      } catch (error) {
        returnTo('');
        throw error;
      }
    },
    begin: () => manager.signinRedirect({ state: location.hash }),
    /** At the issuer as well, where it offers that; then the page is loaded again, without any token. */
    end: async (): Promise<void> => {
      if ((await manager.metadataService.getEndSessionEndpoint()) === undefined) location.reload();
      else await manager.signoutRedirect({ post_logout_redirect_uri: urlOf('/').href });
    },
    accessToken: async () => (await manager.getUser())?.access_token,
  };
};
