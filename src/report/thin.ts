/**
 * Bars to draw so that a line looks the same with fewer points: largest-triangle-three-buckets on equally spaced values, with the
 * first and last bar, the extremes and the `forced` bars always among them.
 *
 * For drawing only: statistics use every bar.
 *
 * @param values - one per bar; pass ln(value) for a logarithmic axis; NaN is drawn as a gap and left out
 * @param limit - how many points are wanted; exceeded only by forced bars
 * @returns bar indices, ascending
 * @see Steinarsson, "Downsampling Time Series for Visual Representation", University of Iceland (2013)
 */
export function thin(values: Float64Array, limit: number, forced: Iterable<number> = []): Int32Array {
  const finite: number[] = [];
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) finite.push(i);
  if (finite.length <= Math.max(2, limit)) return Int32Array.from(finite);

  const kept = new Set<number>([finite[0]!, finite.at(-1)!, ...extremes(values, finite)]);
  for (const bar of forced) if (Number.isFinite(values[bar])) kept.add(bar);
  const buckets = limit - kept.size;
  if (buckets > 0) for (const bar of triangles(values, finite, buckets)) kept.add(bar);
  return Int32Array.from(kept).sort();
}

function extremes(values: Float64Array, bars: readonly number[]): [number, number] {
  let low = bars[0]!;
  let high = low;
  for (const bar of bars) {
    if (values[bar]! < values[low]!) low = bar;
    if (values[bar]! > values[high]!) high = bar;
  }
  return [low, high];
}

/** One bar per bucket: the one that spans the largest triangle with the last chosen and the next bucket's mean. */
function triangles(values: Float64Array, bars: readonly number[], buckets: number): number[] {
  const chosen: number[] = [];
  const width = (bars.length - 2) / buckets;
  let last = bars[0]!;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const from = 1 + Math.floor(bucket * width);
    const to = 1 + Math.floor((bucket + 1) * width);
    const next = meanPoint(values, bars, to, Math.min(bars.length, 1 + Math.floor((bucket + 2) * width)));
    let best = bars[from]!;
    let bestArea = -1;
    for (let k = from; k < to; k++) {
      const bar = bars[k]!;
      const area = Math.abs((last - next.bar) * (values[bar]! - values[last]!) - (last - bar) * (next.value - values[last]!));
      if (area > bestArea) {
        bestArea = area;
        best = bar;
      }
    }
    if (to > from) chosen.push((last = best));
  }
  return chosen;
}

function meanPoint(values: Float64Array, bars: readonly number[], from: number, to: number): { bar: number; value: number } {
  const end = Math.max(to, from + 1);
  let bar = 0;
  let value = 0;
  for (let k = from; k < end; k++) {
    const index = bars[Math.min(k, bars.length - 1)]!;
    bar += index;
    value += values[index]!;
  }
  return { bar: bar / (end - from), value: value / (end - from) };
}
