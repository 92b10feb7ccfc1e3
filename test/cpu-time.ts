/** The milliseconds of computing that an action takes: unlike the time that passes, they do not grow on a busy machine. */
export const cpuMilliseconds = async (action: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};
