import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** One stream of pseudo-random numbers; not for secrets. */
export interface Random {
  /** Uniform on [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** Standard normal: mean 0, variance 1. */
  normal(): number;
  /** Uniform on 0 … n − 1; `n` is a whole number, 1 ≤ n ≤ 2³². */
  integer(n: number): number;
}

/**
 * A generator for one purpose: the same seed and stream give the same numbers, and drawing more from one stream never
 * shifts another, so adding an asset or a resample leaves the rest of a result as it was.
 *
 * The state is the head of sha256(seed, stream): streams with like names or adjacent seeds are unrelated.
 *
 * @param seed - any number; the experiment's `seed`
 * @param stream - what the numbers are for: `bootstrap/anchor-band`, `synthetic/BTC/returns`
 * @see Blackman & Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021): xoroshiro128+
 */
export function createRandom(seed: number, stream: string): Random {
  const digest = createHash('sha256').update(`${seed}\n${stream}`).digest();
  const generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
  const uniform = (): number => uniformFloat64(generator);
  return { uniform, normal: polarNormal(uniform), integer: (n) => uniformInt(generator, 0, n - 1) };
}

/** Marsaglia's polar method: two normals from each accepted point of the unit disc, the second kept for the next call. */
function polarNormal(uniform: () => number): () => number {
  let spare = NaN;
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = NaN;
      return kept;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * scale;
      return x * scale;
    }
  };
}
