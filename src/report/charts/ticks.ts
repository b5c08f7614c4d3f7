import { DAY, civilDate, dateTime, nextBoundary, type CalendarUnit } from '../../core/time.ts';

/** A tick: where, and what stands at it. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Round values (1, 2, 2.5 or 5 times a power of ten) inside [low, high], about `wanted` of them. */
export function linearTicks(low: number, high: number, wanted: number): number[] {
  if (!(high > low)) return [low];
  const step = roundStep((high - low) / wanted);
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/** 1-2-5 values inside [low, high], both positive; over a short range, where there are fewer than three, linear ones. */
export function logTicks(low: number, high: number, wanted: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const digit of [1, 2, 5]) {
      const value = Number((digit * 10 ** power).toPrecision(12));
      if (value >= low && value <= high) ticks.push(value);
    }
  }
  if (ticks.length < 3) return linearTicks(low, high, wanted);
  const decades = ticks.filter((value) => Number.isInteger(Math.log10(value)));
  return ticks.length > 2 * wanted && decades.length > 1 ? decades : ticks;
}

/** Calendar boundaries inside [from, to], UTC ms, no more than `most`: years, quarters, months, weeks or days. */
export function timeTicks(from: number, to: number, most: number): Tick[] {
  for (const unit of ['day', 'week', 'month', 'quarter', 'year'] as const satisfies readonly CalendarUnit[]) {
    const ticks = boundaries(from, to, unit, most);
    if (ticks) return ticks.map((value) => ({ value, label: timeLabel(value, unit) }));
  }
  const years = boundaries(from, to, 'year', Infinity)!;
  const stride = Math.ceil(years.length / most);
  return years.filter((_, index) => index % stride === 0).map((value) => ({ value, label: timeLabel(value, 'year') }));
}

/** undefined when there are more than `most`. */
function boundaries(from: number, to: number, unit: CalendarUnit, most: number): number[] | undefined {
  const found: number[] = [];
  for (let time = nextBoundary(from - 1, unit); time <= to; time = nextBoundary(time, unit)) {
    found.push(time);
    if (found.length > most) return undefined;
  }
  return found;
}

function timeLabel(time: number, unit: CalendarUnit): string {
  const { year, month, day } = civilDate(time);
  if (unit === 'day' || unit === 'week') return `${day}\u00a0${MONTHS[month - 1]!}`;
  return unit === 'year' || time - dateTime(year, 1, 1) < DAY ? String(year) : MONTHS[month - 1]!;
}

/** The round number (1, 2, 2.5 or 5 times a power of ten) nearest to a step. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const distance = (digit: number) => Math.abs(Math.log(rough / power / digit));
  return power * [1, 2, 2.5, 5, 10].reduce((best, digit) => (distance(digit) < distance(best) ? digit : best));
}
