const sampleMilliseconds = 5;

/**
 * How far the memory of this process rises over what it is now, at its peak; the system's own record of the peak begins
 * before the program does.
 *
 * @returns what ends the watch and gives MiB
 */
export const watchMemory = () => {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, sampleMilliseconds);
  return (): number => {
    clearInterval(sampler);
    return (peak - before) / (1024 * 1024);
  };
};
