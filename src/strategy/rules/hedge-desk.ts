import type { MarketView, Portfolio, Step } from '../types.ts';
import { isResizeWanted } from './rehedge.ts';

/** Free margin that covers less than this share of a change counts as lacking: the order would be cut to little, bar after bar. */
const LEAST_COVER = 0.1;

/** One contract of a hedge and the notional it is to have, account currency, negative for a short. */
export interface HedgeLeg {
  /** The coin it stands for. */
  readonly base: string;
  readonly contract: string;
  readonly notional: number;
}

/** Orders hedge notionals; remembers what was asked for, so that a wish the margin cannot carry is not repeated at every bar. */
export interface HedgeDesk {
  /** @param tag - why; shown with the fill */
  trade(step: Step, leg: HedgeLeg, tag: string): void;
}

export interface DeskOptions {
  /** Share of equity by which a wish must have changed before it is asked for again without margin. */
  readonly rehedge: number;
  /** Notional / initial margin; the account's where it is not given. */
  readonly leverage?: number | undefined;
}

export function hedgeDesk({ rehedge, leverage }: DeskOptions): HedgeDesk {
  const asked = new Map<string, number>();
  return {
    trade({ portfolio, orders }, { contract, notional }, tag) {
      const held = portfolio.value(contract);
      const grows = Math.abs(notional) > Math.abs(held);
      const cover = portfolio.freeMargin * (leverage ?? 1);
      const lacksMargin = grows && cover < LEAST_COVER * Math.abs(notional - held);
      if (lacksMargin && !isResizeWanted(notional, asked.get(contract) ?? 0, portfolio.equity, rehedge)) return;
      asked.set(contract, notional);
      orders.targetNotional(contract, notional, { tag, ...(leverage !== undefined && { leverage }) });
    },
  };
}

/** The perpetual of a coin that fits the account's collateral, once it has begun; null before, and where there is none. */
export function listedPerpetual(market: MarketView, base: string): string | null {
  const perpetual = market.perpetual(base);
  return perpetual !== null && market.mark(perpetual) > 0 ? perpetual : null;
}

/** What the contracts have gained or lost since they were opened, account currency. */
export function unrealizedOf(portfolio: Portfolio, contracts: readonly string[]): number {
  return contracts.reduce((sum, contract) => sum + portfolio.unrealizedGain(contract), 0);
}

/**
 * Cash that neither the hedge nor the target needs: above the whole notional of the hedge, kept as its margin, and above the cash that
 * the target leaves. A gain that the contracts have not realised is not spent.
 *
 * @param legs - as they will be
 * @returns account currency, may be negative
 */
export function spareCash(portfolio: Portfolio, legs: readonly HedgeLeg[], cashWeight: number): number {
  const notional = legs.reduce((sum, leg) => sum + Math.abs(leg.notional), 0);
  const contracts = legs.map(({ contract }) => contract);
  const balance = Math.min(portfolio.cash, portfolio.cash + unrealizedOf(portfolio, contracts));
  return balance - Math.max(notional, cashWeight * portfolio.equity);
}
