type Variables = Readonly<Record<string, string | undefined>>;

/** Sets variables of this process, undefined removes one; the returned function puts back what was there. */
export const setEnvironment = (variables: Variables): (() => void) => {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(variables)) set(name, value);
  return () => {
    for (const [name, value] of before) set(name, value);
  };
};
