import { bybitInverseCross2020, type SharedInversePrices } from '../../../src/venue/bybit-cross-2020.ts';
import {
  inverseBankruptcyPrice,
  inverseEntryLiquidationPrice,
  inverseLegsLiquidationPrice,
  inverseLiquidationPrice,
  linearBankruptcyPrice,
  linearEntryLiquidationPrice,
  linearLegsLiquidationPrice,
  linearLiquidationPrice,
  shownPrice,
} from '../../../src/venue/liquidation-price.ts';
import { maintenanceMargin } from '../../../src/venue/margin.ts';
import { inversePnl, inversePriceAt, linearPnl, linearPriceAt } from '../../../src/venue/pnl.ts';
import type { Answer, Answers, Example } from './example.ts';
import type { Inputs } from './inputs.ts';
import { knownBracket, maintenanceOf } from './maintenance.ts';
import { positionOf, type Position } from './position.ts';
import { walletOf } from './wallet.ts';

type Formula = 'mark' | 'entry' | 'bybit-cross-2020';

/** Liquidation and bankruptcy price of an example's position, and what its other positions do to the balance. */
export function liquidationAnswers(inputs: Inputs, example: Example, position: Position): Answers {
  const { inverse, side } = position;
  const others = inputs.list('otherPositions').map((other) => otherPosition(other, inputs, example));
  // An isolated position stands alone, whatever else the account holds.
  const isolated = example.marginMode === 'isolated';
  const apart = others.filter(({ shared }) => !shared);
  const total = (read: (other: Other) => number): number => apart.reduce((sum, other) => sum + read(other), 0);
  const maintenance = (): number => inputs.number('otherMaintenanceMargin') ?? total((other) => other.maintenance());
  const result = (): number => inputs.number('otherUnrealizedPnl') ?? total((other) => other.result());
  const balance = (): number => walletOf(inputs, position) + (isolated ? 0 : result() - maintenance());

  const atMark = (): number | null => {
    inputs.leave('markPrice', 'unrealizedPnl');
    if (isolated) {
      // They are looked at all the same.
      maintenance();
      result();
    }
    const terms = {
      entry: inputs.need('entryPrice'),
      balance: balance(),
      closingFee: inputs.number('takerFee', 'fee', 'feeRate', 'commission') ?? 0,
    };
    const legs = others.filter(({ shared }) => shared);
    const size = position.size();
    if (legs.length === 0) {
      const brackets = maintenanceOf(inputs, example);
      return inverse
        ? inverseLiquidationPrice({ notional: size, ...terms, brackets })
        : linearLiquidationPrice({ quantity: size, ...terms, brackets });
    }
    const notional = Math.abs(inverse ? size / terms.entry : size * terms.entry);
    const own = { size, entry: terms.entry, ...knownBracket(inputs, example, notional) };
    const all = [own, ...legs.map((leg) => leg.leg())];
    if (inverse)
      return inverseLegsLiquidationPrice(
        all.map(({ size: n, ...leg }) => ({ notional: n, ...leg })),
        terms.balance,
        terms.closingFee,
      );
    return linearLegsLiquidationPrice(
      all.map(({ size: q, ...leg }) => ({ quantity: q, ...leg })),
      terms.balance,
      terms.closingFee,
    );
  };

  const atEntry = (): number | null => {
    // Some examples state a fee that their own formula does not hold.
    inputs.leave('takerFee', 'commission', 'markPrice', 'unrealizedPnl');
    if (position.sized) position.size();
    const entry = inputs.need('entryPrice');
    const size = position.sized ? Math.abs(position.size()) : NaN;
    const { rate, amount } = knownBracket(inputs, example, inverse ? size / entry : size * entry);
    const perUnit = (value: number): number => (value === 0 ? 0 : value / size);
    const margined = {
      side,
      entry,
      leverage: inputs.need('leverage'),
      extraMargin: perUnit(inputs.number('extraMargin') ?? 0),
    };
    const liquidation = inverse ? inverseEntryLiquidationPrice : linearEntryLiquidationPrice;
    return liquidation(margined, { rate, amount: perUnit(amount) });
  };

  const legacy = (): SharedInversePrices =>
    bybitInverseCross2020({
      notional: position.size(),
      entry: inputs.need('entryPrice'),
      balance: inputs.need('accountBalance', 'walletBalance', 'crossWalletBalance', 'walletBalanceCoin'),
      orderMargin: inputs.number('orderMargin') ?? 0,
      maintenanceRate: inputs.need('mmr'),
      takerFee: inputs.number('takerFee') ?? 0,
    });

  const bankruptcy = (): number | null => {
    if (isLegacy(example)) return legacy().bankruptcy;
    inputs.leave('markPrice', 'unrealizedPnl', 'mmr', 'takerFee', 'commission');
    const entry = inputs.need('entryPrice');
    if (!inputs.has('leverage')) {
      const at = inverse ? inversePriceAt : linearPriceAt;
      const price = at(position.size(), entry, -balance());
      return price !== null && price > 0 ? price : null;
    }
    const extra = inputs.number('extraMargin') ?? 0;
    const margined = {
      side,
      entry,
      leverage: inputs.need('leverage'),
      extraMargin: extra === 0 ? 0 : extra / Math.abs(position.size()),
    };
    if (position.sized) position.size();
    return (inverse ? inverseBankruptcyPrice : linearBankruptcyPrice)(margined);
  };

  const liquidation: Readonly<Record<Formula, () => number | null>> = {
    mark: atMark,
    entry: atEntry,
    'bybit-cross-2020': () => legacy().liquidation,
  };
  return {
    liquidationPrice: () => asShown(liquidation[formulaOf(example)](), inputs, side),
    bankruptcyPrice: () => asShown(bankruptcy(), inputs, side),
    otherMaintenanceMargin: maintenance,
    otherUnrealizedPnl: result,
  };
}

interface Other {
  /** Whether it is a leg of the same contract (hedge mode), whose mark is the price that is sought. */
  readonly shared: boolean;
  readonly maintenance: () => number;
  readonly result: () => number;
  readonly leg: () => { size: number; entry: number; rate: number; amount: number };
}

function otherPosition(inputs: Inputs, owner: Inputs, example: Example): Other {
  const about = { ...example, kind: 'other position' };
  const position = positionOf(inputs, about);
  const { inverse, size } = position;
  const shared = !inputs.has('markPrice') && !inputs.has('unrealizedPnl');
  if (shared && inputs.text('symbol') !== owner.text('symbol')) throw new Error('another position has no markPrice');
  const entry = (): number => inputs.need('entryPrice');
  const notional = (mark: number): number => Math.abs(inverse ? size() / mark : size() * mark);
  return {
    shared,
    maintenance: () => {
      if (inputs.has('maintenanceMargin')) return inputs.need('maintenanceMargin');
      const mark = inputs.need('markPrice');
      const bracket = knownBracket(inputs, about, notional(mark));
      return maintenanceMargin([{ ...bracket, floor: 0 }], notional(mark));
    },
    result: () => {
      if (inputs.has('unrealizedPnl')) inputs.leave('entryPrice', 'markPrice', 'side', 'qty');
      return inputs.number('unrealizedPnl') ?? (inverse ? inversePnl : linearPnl)(size(), entry(), inputs.need('markPrice'));
    },
    leg: () => ({ size: size(), entry: entry(), ...knownBracket(inputs, about, notional(entry())) }),
  };
}

/** The family that an example's formula belongs to. */
function formulaOf(example: Example): Formula {
  const { formula = '' } = example;
  if (isLegacy(example)) return 'bybit-cross-2020';
  if (formula.includes('-entry-mm')) return 'entry';
  if (formula.includes('-mark-mm')) return 'mark';
  throw new Error(`no liquidation formula is called "${formula}"`);
}

function isLegacy({ formula = '' }: Example): boolean {
  return formula.includes('bybit-inverse-cross-2020');
}

// With a tick, venues print the price rounded to it; some examples of them state the exact one.
function asShown(price: number | null, inputs: Inputs, side: Position['side']): Answer {
  const tick = inputs.number('priceTick') ?? 0;
  return price === null || tick === 0 ? price : [shownPrice(price, side, tick), price];
}
