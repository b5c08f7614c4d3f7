import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of random numbers. */
export interface Random {
  /** In [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** A whole number in [0, n); n ≥ 1. */
  integer(n: number): number;
}

/**
 * One independent stream: the same seed and stream name give the same numbers, another name gives others.
 *
 * Generator: xoroshiro128+ (Blackman & Vigna 2018), its state filled by a 32-bit mixer from the seed and the name.
 *
 * @param seed - any safe integer
 * @param stream - what the numbers are for, such as `bootstrap` or `prices BTC`
 */
export function createRandom(seed: number, stream: string): Random {
  const generator = xoroshiro128plusFromState(initialState(seed, stream));
  const uniform = (): number => uniformFloat64(generator);
  let spare: number | null = null;

  // Marsaglia's polar method: two normals from a point in the unit disc.
  const normal = (): number => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
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

  return { uniform, normal, integer: (n) => uniformInt(generator, 0, n - 1) };
}

// FNV-1a over both halves of the seed and the name, then four steps of Murmur3's finaliser on a Weyl sequence.
function initialState(seed: number, stream: string): number[] {
  let hash = 0x811c9dc5;
  const absorb = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
  };
  absorb(seed | 0);
  absorb(Math.floor(seed / 2 ** 32) | 0);
  for (let i = 0; i < stream.length; i++) absorb(stream.charCodeAt(i));
  return [1, 2, 3, 4].map((i) => mix(hash + Math.imul(i, 0x9e3779b9)));
}

function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
