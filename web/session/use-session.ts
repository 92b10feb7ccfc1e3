import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import { reasonOf } from '../api/refusal.ts';
import { setAccessToken } from './session.ts';
import type { SignInSettings } from './sign-in.ts';

export type Session =
  | { readonly name: 'checking' }
  /** Without `end` nobody has to sign in, so nobody can sign out. */
  | { readonly name: 'in'; readonly end?: () => Promise<void> }
  | { readonly name: 'out'; readonly begin: () => Promise<void>; readonly problem?: string }
  | { readonly name: 'impossible'; readonly reason: string };

const noClient: Session = {
  name: 'impossible',
  reason:
    'This service knows callers by other means than this page has. An operator can let people sign in here: ' +
    'deploy it with jwtIssuer and pageClientId.',
};

const sessionBy = async (settings: SignInSettings): Promise<Session> => {
  // Loaded only where somebody signs in.
  const { signIn } = await import('./sign-in.ts');
  const { complete, begin, end, accessToken } = signIn(settings);
  setAccessToken(accessToken);
  try {
    return (await complete()) ? { name: 'in', end } : { name: 'out', begin };
  } catch (error) {
    return { name: 'out', begin, problem: reasonOf(error) };
  }
};

const findSession = async (): Promise<Session> => {
  try {
    const { authentication, sign_in } = await call<'GetPageSettings'>({ method: 'GET', path: '/page-settings' });
    if (authentication === 'none') return { name: 'in' };
    return sign_in === undefined ? noClient : await sessionBy(sign_in);
  } catch (error) {
    return { name: 'impossible', reason: reasonOf(error) };
  }
};

/** Whether somebody has signed in, where that is asked for. */
export const useSession = (): Session => {
  const [session, setSession] = useState<Session>({ name: 'checking' });
  useEffect(() => void findSession().then(setSession), []);
  return session;
};
