import type { Step } from '../types.ts';

/** A coin since the last rebalance: its weight then, and its price change since, as a fraction. */
export interface CoinMove {
  readonly weight: number;
  readonly change: number;
}

/** Why a weight has moved, in shares of equity; the parts add up to the whole. */
export interface DriftCause {
  /** What all coins moving alike would have done to it: a rise lifts every weight against cash. */
  readonly market: number;
  /** What the coin did beyond that. */
  readonly own: number;
}

/**
 * Splits the change of one coin's weight into the market's move and its own. With weights w, changes c and the market's change
 * m = Σ w·c / Σ w, the weight goes to w·(1 + c) / (1 + Σ w·c), of which w·(1 + m) / (1 + Σ w·c) − w is the market's part and
 * w·(c − m) / (1 + Σ w·c) its own.
 *
 * @param coins - all coins that are held, this one among them
 */
export function driftCause(coin: CoinMove, coins: readonly CoinMove[]): DriftCause {
  const held = coins.reduce((sum, { weight }) => sum + weight, 0);
  const gained = coins.reduce((sum, { weight, change }) => sum + weight * change, 0);
  if (!(held > 0) || !(1 + gained > 0)) return { market: 0, own: 0 };
  const market = gained / held;
  return {
    market: (coin.weight * (1 + market)) / (1 + gained) - coin.weight,
    own: (coin.weight * (coin.change - market)) / (1 + gained),
  };
}

/** Remembers weights and marks at the last rebalance, and tells the cause of each drift since. */
export interface DriftMemory {
  /** Takes the account as it is now for the point from which drifts count. */
  remember(step: Pick<Step, 'market' | 'portfolio'>): void;
  /** null where nothing was remembered yet, or the coin was not held then. */
  causeOf(symbol: string, step: Pick<Step, 'market'>): DriftCause | null;
}

/** A memory of the coins named. */
export function driftMemory(symbols: readonly string[]): DriftMemory {
  const weights = new Map<string, number>();
  const marks = new Map<string, number>();
  return {
    remember({ market, portfolio }) {
      for (const symbol of symbols) {
        weights.set(symbol, portfolio.weight(symbol));
        marks.set(symbol, market.mark(symbol));
      }
    },
    causeOf(symbol, { market }) {
      const move = (coin: string): CoinMove => {
        const before = marks.get(coin)!;
        return { weight: weights.get(coin)!, change: before > 0 ? market.mark(coin) / before - 1 : 0 };
      };
      if (!((weights.get(symbol) ?? 0) > 0)) return null;
      return driftCause(move(symbol), symbols.map(move));
    },
  };
}

/** `market +0.9, own +7.4 pp`, for tags. */
export function describeCause({ market, own }: DriftCause): string {
  return `market ${signed(market)}, own ${signed(own)} pp`;
}

function signed(share: number): string {
  return `${share >= 0 ? '+' : ''}${(100 * share).toFixed(1)}`;
}
