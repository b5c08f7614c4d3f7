import type { Example } from './example.ts';
import type { Inputs } from './inputs.ts';
import { isInverse, presetFact } from './instrument.ts';

/** The position of an example, in the terms of the product's functions. */
export interface Position {
  readonly side: 'long' | 'short';
  readonly inverse: boolean;
  /** Base units (linear) or quote units (inverse), negative for a short; throws where the example gives no size. */
  readonly size: () => number;
  /** Whether the example gives a size at all. */
  readonly sized: boolean;
}

const SIZES = ['qty', 'quantity', 'size', 'contracts', 'notionalUsd', 'sizeCoinAtEntry', 'positionCoin'] as const;

export function positionOf(inputs: Inputs, example: Example): Position {
  const inverse = isInverse(example, inputs);
  const side = inputs.text('side') ?? 'long';
  if (side !== 'long' && side !== 'short') throw new Error(`inputs.side "${side}" is neither long nor short`);
  const coins = inputs.matching(/^position([A-Z][a-z]+)$/).map(([name]) => name);
  const given =
    [...SIZES, ...coins].some((name) => inputs.has(name)) && !(inverse && !hasContracts(inputs) && !inputs.has('entryPrice'));
  const sign = side === 'long' ? 1 : -1;
  return {
    side,
    inverse,
    sized: given,
    size: () => sign * (inverse ? inverseSize(inputs, example) : linearSize(inputs, example, coins)),
  };
}

function hasContracts(inputs: Inputs): boolean {
  return inputs.has('contracts') || inputs.has('notionalUsd');
}

function linearSize(inputs: Inputs, example: Example, coins: readonly string[]): number {
  if (!inputs.has('contracts')) return inputs.need('qty', 'quantity', 'size', ...coins);
  const perContract = inputs.number('contractSize', 'multiplier') ?? presetFact('contractSize', example, inputs).value;
  return inputs.need('contracts') * perContract;
}

function inverseSize(inputs: Inputs, example: Example): number {
  if (inputs.has('notionalUsd')) return inputs.need('notionalUsd');
  if (!inputs.has('contracts'))
    return inputs.need('sizeCoinAtEntry', 'positionCoin', 'qty', 'quantity', 'size') * inputs.need('entryPrice');
  const perContract = inputs.number('contractSizeUsd', 'contractSize') ?? presetFact('contractSize', example, inputs).value;
  return inputs.need('contracts') * perContract;
}
