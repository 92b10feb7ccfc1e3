type ReadToken = () => Promise<string | undefined>;

let read: ReadToken | undefined;

/** From now on calls are made with what this gives. */
export const setAccessToken = (token: ReadToken): void => {
  read = token;
};

/** For the header of a call; undefined where nobody signs in. */
export const accessToken: ReadToken = async () => read?.();
