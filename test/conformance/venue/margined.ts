import { inverseFunding, linearFunding } from '../../../src/venue/funding.ts';
import { initialMargin, maintenanceMargin, marginRatio, marginShare, maxLeverage } from '../../../src/venue/margin.ts';
import { inversePnl, inversePriceAt, linearPnl, linearPriceAt } from '../../../src/venue/pnl.ts';
import { slopedMargin } from '../../../src/venue/sloped-margin.ts';
import type { Adapter, Answers } from './example.ts';
import type { Inputs } from './inputs.ts';
import { presetFact } from './instrument.ts';
import { liquidationAnswers } from './liquidation.ts';
import { knownBracket, maintenanceOf } from './maintenance.ts';
import { positionOf, type Position } from './position.ts';
import { WALLETS, walletOf } from './wallet.ts';

/** Venues that print maintenance / balance as the margin ratio (Binance FAQ, Bybit help). */
const RECIPROCAL = ['binance', 'bybit'];

/** Everything that examples ask of one position: kinds liquidation, bankruptcy, pnl, margin and tier. */
export const margined: Adapter = (inputs, example) => {
  const position = positionOf(inputs, example);
  const { inverse, size } = position;
  const entry = (): number => inputs.need('entryPrice');
  const mark = (): number => inputs.number('markPrice', 'indexPrice', 'price') ?? markOf(inputs, position);
  const notionalAt = (price: number): number => Math.abs(inverse ? size() / price : size() * price);
  const pnlAt = (price: number): number => (inverse ? inversePnl : linearPnl)(size(), entry(), price);
  const paid = (): number =>
    (inverse ? inverseFunding : linearFunding)(size(), inputs.need('markAtFunding', 'markPrice'), inputs.need('fundingRate')) *
    (inputs.number('fundingsCrossed') ?? 1);

  /** Absolute notional that margins are taken of: what is stated, at the mark, else at entry. */
  const notional = (): number => {
    if (inputs.has('notional')) return inputs.need('notional');
    if (inverse && !position.sized) return inputs.need('positionCoin');
    if (example.kind === 'liquidation' && inputs.has('entryPrice')) return notionalAt(entry());
    return notionalAt(hasMark(inputs) ? mark() : entry());
  };
  const coinsAt = (price: number): number => {
    const [named] = inputs.matching(/^position([A-Z][a-z]+)$/);
    return named ? inputs.need(named[0]) : notionalAt(price);
  };
  const tierSize = (): number => {
    if (inputs.has('symbol') && !inputs.has('mmr') && !inputs.has('tiers')) {
      const { by } = presetFact('maintenance', example, inputs).value;
      if (by === 'coins') return Math.abs(size());
    }
    return notional();
  };
  const sloped = (): ReturnType<typeof slopedMargin> => {
    const [perCoin] = inputs.matching(/^per([A-Z][a-z]+)$/);
    const terms = perCoin
      ? { initialBase: inputs.need('imBase'), maintenanceBase: inputs.need('mmBase'), perCoin: inputs.need(perCoin[0]) }
      : presetFact('slopedMargin', example, inputs).value;
    const index = inputs.need('indexPrice', 'markPrice');
    // Inverse contracts keep their margin in coin.
    return inverse ? slopedMargin(terms, coinsAt(index), 1) : slopedMargin(terms, size(), index);
  };
  const isSloped = inputs.has('imBase') || (example.venue === 'deribit' && inputs.has('symbol') && !inputs.has('mmr'));
  const fee = (): number => inputs.number('takerFee', 'fee', 'feeRate') ?? 0;
  const maintenance = (): number => {
    if (isSloped) return sloped().maintenance;
    inputs.leave('leverage', 'maxLeverage');
    const bracket = knownBracket(inputs, example, tierSize());
    return maintenanceMargin([{ ...bracket, floor: 0 }], notional());
  };
  const initial = (): number => {
    if (isSloped) return sloped().initial;
    return initialMargin(notional(), inputs.need('leverage')) + (inputs.number('extraMargin') ?? 0);
  };
  const balanceAtMark = (): number => walletOf(inputs, position) + (inputs.number('unrealizedPnl') ?? pnlAt(mark()));
  const bracket = (): ReturnType<typeof knownBracket> => knownBracket(inputs, example, tierSize());

  const ofLiquidation = liquidationAnswers(inputs, example, position);
  const other = (name: 'otherMaintenanceMargin' | 'otherUnrealizedPnl'): number =>
    example.marginMode === 'isolated' ? 0 : (ofLiquidation[name]!() as number);

  return {
    ...ofLiquidation,
    unrealizedPnl: () => pnlAt(inputs.need('markPrice')),
    markPrice: () => markOf(inputs, position),
    positionValue: notional,
    notional,
    notionalCoin: notional,
    entryValueCoin: () => notionalAt(entry()),
    entryValue: () => notionalAt(entry()),
    exitValueCoin: () => notionalAt(inputs.need('exitPrice')),
    exitValue: () => notionalAt(inputs.need('exitPrice')),
    initialMargin: initial,
    initialMarginCoin: initial,
    positionMargin: initial,
    maintenanceMargin: maintenance,
    maintenanceMarginCoin: maintenance,
    mmr: () => bracket().rate,
    maintenanceAmount: () => bracket().amount,
    maintenanceAmountCoin: () => bracket().amount,
    maxLeverage: () => maxLeverage(maintenanceOf(inputs, example), tierSize()),
    marginRatio: () => {
      const needed =
        other('otherMaintenanceMargin') +
        maintenanceMargin(maintenanceOf(inputs, example), notionalAt(mark())) +
        notionalAt(mark()) * fee();
      inputs.leave('leverage');
      const ratio = marginRatio(balanceAtMark() + other('otherUnrealizedPnl'), needed);
      return RECIPROCAL.includes(example.venue ?? '') ? 1 / ratio : ratio;
    },
    marginRate: () => marginShare(balanceAtMark(), notionalAt(mark())),
    pnl: () => pnlAt(inputs.need('exitPrice')),
    pnlCoin: () => pnlAt(inputs.need('exitPrice')),
    fundingPaid: () => -paid(),
    fundingPaidCoin: () => -paid(),
    net: () => pnlAt(inputs.need('exitPrice')) + paid(),
    netCoin: () => pnlAt(inputs.need('exitPrice')) + paid(),
    returnOnMargin: () => pnlAt(inputs.need('exitPrice')) / marginOf(inputs, initial),
    ...equityAnswers(inputs, example.expected, position, pnlAt),
  };
};

function hasMark(inputs: Inputs): boolean {
  return inputs.has('markPrice') || inputs.has('indexPrice') || inputs.has('price') || inputs.has('unrealizedPnl');
}

/** The mark at which the position has the unrealised result that the example states. */
function markOf(inputs: Inputs, { inverse, size }: Position): number {
  const at = inverse ? inversePriceAt : linearPriceAt;
  const price = at(size(), inputs.need('entryPrice'), inputs.need('unrealizedPnl'));
  if (price === null) throw new Error('no price gives inputs.unrealizedPnl');
  return price;
}

function marginOf(inputs: Inputs, initial: () => number): number {
  return WALLETS.some((name) => inputs.has(name)) ? inputs.need(...WALLETS) : initial();
}

/** `equityUsdAt25000`: wallet and result at that price, in quote currency. */
function equityAnswers(
  inputs: Inputs,
  expected: Readonly<Record<string, unknown>>,
  position: Position,
  pnlAt: (price: number) => number,
): Answers {
  const asked = Object.keys(expected).flatMap((name) => {
    const match = /^equityUsdAt(\d+(?:[._]\d+)?)$/.exec(name);
    return match ? [[name, Number(match[1]!.replace('_', '.'))] as const] : [];
  });
  return Object.fromEntries(
    asked.map(([name, price]) => [name, () => (walletOf(inputs, position) + pnlAt(price)) * (position.inverse ? price : 1)]),
  );
}
