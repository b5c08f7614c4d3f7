/** How fast bytes come and how long the rest will take. */
export interface Pace {
  add(bytes: number): void;
  /** `1.4 MB/s, 3 min left`; the part that is not known yet is left out. */
  text(done: number, total: number): string;
}

/** @param now - ms of any clock */
export function pace(now: () => number): Pace {
  const start = now();
  let bytes = 0;
  return {
    add: (count) => {
      bytes += count;
    },
    text: (done, total) => {
      const seconds = (now() - start) / 1_000;
      if (seconds <= 0 || done <= 0) return '';
      return `${rate(bytes / seconds)}, ${duration((seconds / done) * (total - done))} left`;
    },
  };
}

function rate(bytesPerSecond: number): string {
  return bytesPerSecond >= 1e6 ? `${(bytesPerSecond / 1e6).toFixed(1)} MB/s` : `${Math.round(bytesPerSecond / 1e3)} kB/s`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5_400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}
