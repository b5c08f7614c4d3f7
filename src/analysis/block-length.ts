// Politis & White, section 3.2: autocorrelations below this many times √(log₁₀ n / n) count as none.
const INSIGNIFICANT = 2;

/**
 * Expected block length that is best for the stationary bootstrap of a series' mean: longer where the series has memory.
 *
 * b = (2Ĝ² / D̂)^(1/3) · n^(1/3) with Ĝ = Σ λ(k/M)|k|R̂(k), D̂ = 2·ĝ(0)², ĝ(0) = Σ λ(k/M)R̂(k), λ the flat-top lag window and M twice
 * the last lag with a significant autocorrelation. Bounded to [1, min(3√n, n/3)].
 *
 * @param series - equally spaced; at least 2 values
 * @returns bars; 1 for a series without memory or without variance
 * @see Politis & White, "Automatic block-length selection for the dependent bootstrap", Econometric Reviews 23 (2004); D̂ as
 *   corrected by Patton, Politis & White, Econometric Reviews 28 (2009)
 */
export function stationaryBlockLength(series: Float64Array): number {
  const n = series.length;
  const lags = Math.min(n - 1, Math.ceil(Math.sqrt(n)) + runLength(n));
  const covariance = autocovariances(series, lags);
  if (!(covariance[0]! > 0)) return 1;
  const window = Math.min(lags, 2 * Math.max(1, lastSignificantLag(covariance, n)));
  let memory = 0;
  let spectrum = covariance[0]!;
  for (let k = 1; k <= window; k++) {
    const weighted = 2 * flatTop(k / window) * covariance[k]!;
    memory += k * weighted;
    spectrum += weighted;
  }
  // 2G²/(2g²) = (G/g)²; a spectrum estimated at zero or below has no best length, so the longest is taken.
  const longest = Math.max(1, Math.ceil(Math.min(3 * Math.sqrt(n), n / 3)));
  if (spectrum <= 0) return longest;
  return Math.min(longest, Math.max(1, Math.cbrt((memory / spectrum) ** 2 * n)));
}

// Number of insignificant autocorrelations in a row after which no further lag is looked at.
function runLength(n: number): number {
  return Math.max(5, Math.ceil(Math.sqrt(Math.log10(n))));
}

// The smallest m after which `runLength` lags in a row are insignificant; without such a run, the last significant lag.
function lastSignificantLag(covariance: Float64Array, n: number): number {
  const bound = INSIGNIFICANT * Math.sqrt(Math.log10(n) / n);
  const wanted = runLength(n);
  let last = 0;
  for (let k = 1; k < covariance.length && k - last <= wanted; k++) {
    if (Math.abs(covariance[k]! / covariance[0]!) >= bound) last = k;
  }
  return last;
}

function autocovariances(series: Float64Array, lags: number): Float64Array {
  const n = series.length;
  const mean = series.reduce((sum, value) => sum + value, 0) / n;
  const centred = series.map((value) => value - mean);
  return Float64Array.from({ length: lags + 1 }, (_, k) => {
    let sum = 0;
    for (let t = k; t < n; t++) sum += centred[t]! * centred[t - k]!;
    return sum / n;
  });
}

function flatTop(share: number): number {
  return share <= 0.5 ? 1 : 2 * (1 - share);
}
