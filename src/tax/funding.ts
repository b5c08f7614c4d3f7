import type { ContractTreatment, Taxation } from './regime.ts';

/**
 * How funding is taxed; no authority has ruled. `result`: inside the contract's result, when the position reduces. `income`: when it is paid,
 * as the regime sees income of its own, which in most means that receipts are taxed and payments lost. `income-both-ways`: when it is paid,
 * receipts as income and payments as a deduction from it.
 */
export const FUNDING_READINGS = ['result', 'income', 'income-both-ways'] as const;
export type FundingReading = (typeof FUNDING_READINGS)[number];

/** Classes of funding that is income of its own; `paid` null: not deductible. */
export interface FundingClasses {
  readonly received: string;
  readonly paid: string | null;
}

/** The classes that a reading gives funding; null: it is part of the contract's result. */
export function fundingClasses(reading: FundingReading, { fundingIncome }: Taxation): FundingClasses | null {
  switch (reading) {
    case 'result':
      return null;
    case 'income':
      return { received: fundingIncome.received, paid: fundingIncome.paid };
    case 'income-both-ways':
      return { received: fundingIncome.bothWays, paid: fundingIncome.bothWays };
    default:
      return reading satisfies never;
  }
}

/**
 * The readings of a regime in groups, under one way of taxing contracts: those of a group put receipts and payments into the same classes and
 * differ at most in the moment at which funding counts.
 */
export function fundingReadingsApart(taxation: Taxation, contracts: ContractTreatment): FundingReading[][] {
  const groups = new Map<string, FundingReading[]>();
  for (const reading of FUNDING_READINGS) {
    const ends = JSON.stringify(endsOf(reading, taxation, contracts));
    groups.set(ends, [...(groups.get(ends) ?? []), reading]);
  }
  return [...groups.values()];
}

/** Where a receipt and a payment end up under a reading: class and share. */
function endsOf(reading: FundingReading, taxation: Taxation, { classes }: ContractTreatment): unknown {
  const own = fundingClasses(reading, taxation);
  if (own !== null) return [[own.received, own.paid, 1]];
  return classes.map(({ class: target, share }) =>
    typeof target === 'string' ? [target, target, share] : [target.gains, target.losses, share],
  );
}
