import { createRandom } from '../../core/random.ts';
import { DAY, YEAR } from '../../core/time.ts';
import { dayOf, SAMPLE_DAYS } from './calendar.ts';
import { type Path, walk } from './path.ts';
import { hourlyReturns, type Returns, storyReturns } from './returns.ts';
import { ALT_VOLATILITY, type Coin, ERAS, MARKET_VOLATILITY } from './story.ts';

/** A coin's spot price, hour by hour. */
export interface CoinPath {
  readonly coin: Coin;
  readonly spot: Path;
  /** Usual volatility, per year. */
  readonly usual: number;
  /** Volatility of each day relative to the usual one. */
  readonly wildness: Float64Array;
}

/** How far a coin's own volatility follows the market's: 0 not at all, 1 wholly. */
const CONTAGION = 0.6;

/** A source of risk, and how much of it a coin takes each day. */
interface Share {
  readonly hourly: Float64Array;
  readonly deviation: Float64Array;
  readonly loading: Float64Array;
}

/**
 * The coins' paths. Each return is the coin's beta times the market's, plus its share of what alts have in common, plus its
 * own part; every part has its own random streams, so that changing one coin leaves the others as they were.
 */
export function coinPaths(seed: number, coins: readonly Coin[]): CoinPath[] {
  const marketChanges = ERAS.map((era) => era.change);
  const market = source(seed, 'market', marketChanges, eraVolatility(MARKET_VOLATILITY));
  const contagion = market.multipliers.map((value) => value ** CONTAGION);
  const noChanges = ERAS.map(() => 0);
  const alts = source(seed, 'alts', noChanges, product(eraVolatility(ALT_VOLATILITY), contagion));
  return coins.map((coin) => {
    const beta = new Float64Array(SAMPLE_DAYS).fill(coin.beta);
    const ownVolatility = product(eraVolatility(coin.ownVolatility), contagion);
    for (const { from, until, ...factor } of coin.decouplings) {
      for (let day = dayOf(from); day <= dayOf(until); day++) {
        beta[day]! *= factor.beta;
        ownVolatility[day]! *= factor.volatility;
      }
    }
    const own = source(seed, `${coin.symbol}/own`, coin.ownChanges, ownVolatility);
    return combine(seed, coin, [
      { ...market, loading: beta },
      { ...alts, loading: new Float64Array(SAMPLE_DAYS).fill(coin.altLoading) },
      { ...own, loading: new Float64Array(SAMPLE_DAYS).fill(1) },
    ]);
  });
}

function combine(seed: number, coin: Coin, shares: readonly Share[]): CoinPath {
  const returns = new Float64Array(SAMPLE_DAYS * 24);
  const deviations = new Float64Array(SAMPLE_DAYS * 24);
  const wildness = new Float64Array(SAMPLE_DAYS);
  const usual = Math.hypot(coin.beta * MARKET_VOLATILITY, coin.altLoading * ALT_VOLATILITY, coin.ownVolatility);
  for (let day = 0; day < SAMPLE_DAYS; day++) {
    const deviation = Math.hypot(...shares.map((share) => share.loading[day]! * share.deviation[day]!));
    wildness[day] = deviation / perDay(usual);
    for (let hour = day * 24; hour < day * 24 + 24; hour++) {
      for (const { hourly, loading } of shares) returns[hour]! += loading[day]! * hourly[hour]!;
      deviations[hour] = deviation / Math.sqrt(24);
    }
  }
  return { coin, usual, wildness, spot: walk(createRandom(seed, `${coin.symbol}/extremes`), coin.start, returns, deviations) };
}

function source(
  seed: number,
  name: string,
  changes: readonly number[],
  volatility: Float64Array,
): Returns & { hourly: Float64Array } {
  const lengths = eraDays();
  const spans = changes.map((change, i) => ({ days: lengths[i]!, change }));
  const returns = storyReturns(createRandom(seed, `${name}/daily`), spans, volatility.map(perDay));
  return { ...returns, hourly: hourlyReturns(createRandom(seed, `${name}/hourly`), returns) };
}

/** Each day's volatility per year, when the usual one is `volatility`. */
function eraVolatility(volatility: number): Float64Array {
  const lengths = eraDays();
  return Float64Array.from(ERAS.flatMap((era, i) => new Array<number>(lengths[i]!).fill(volatility * era.volatility)));
}

function eraDays(): number[] {
  return ERAS.map(({ until }, i) => dayOf(until) - (i === 0 ? -1 : dayOf(ERAS[i - 1]!.until)));
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value * b[i]!);
}

function perDay(volatility: number): number {
  return volatility * Math.sqrt(DAY / YEAR);
}
