import { useEffect, useState } from 'react';
import type { InfraEnv } from '../api/infra-envs.ts';
import { type IsoState, isoState } from '../api/iso-state.ts';
import { reasonOf } from '../api/refusal.ts';

const pollMs = 2_000;

const stateOf = async (infraEnv: InfraEnv): Promise<IsoState> => {
  try {
    return await isoState(infraEnv);
  } catch (error) {
    return { name: 'failed', reason: reasonOf(error) };
  }
};

/** The state of one ISO; asked for again while it is being prepared. undefined: not known yet. */
export const useIsoState = (infraEnv: InfraEnv): IsoState | undefined => {
  const [known, setKnown] = useState<{ readonly of: string; readonly state: IsoState }>();
  const { id, updated_at } = infraEnv;
  const key = `${id} ${updated_at}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an infra-env that is read anew is the same until it is changed
  useEffect(() => {
    let [timer, stopped] = [0, false];
    const ask = async () => {
      const state = await stateOf(infraEnv);
      if (stopped) return;
      setKnown({ of: key, state });
      if (state.name === 'preparing') timer = window.setTimeout(ask, pollMs);
    };
    void ask();
    return () => {
      stopped = true;
      window.clearTimeout(timer);
    };
  }, [key]);
  return known?.of === key ? known.state : undefined;
};
