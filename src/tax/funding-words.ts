import { fundingClasses, type FundingReading } from './funding.ts';
import type { Taxation } from './regime.ts';

/** How a reading taxes funding, as a sentence for reports. */
export function fundingSentence(reading: FundingReading, taxation: Taxation): string {
  const own = fundingClasses(reading, taxation);
  if (own === null)
    return 'Funding and fees of a contract are part of its result, recognised pro rata when the position is reduced.';
  const meaning = (name: string): string => taxation.classes.find((known) => known.name === name)!.meaning;
  const { received, paid } = own;
  const payments =
    paid === null
      ? 'funding paid is not deductible'
      : paid === received
        ? 'funding paid comes off the same'
        : `funding paid is ${meaning(paid)}`;
  return `Funding received is ${meaning(received)} when it is paid out; ${payments}. Fees of a contract are part of its result.`;
}

/** A reading in a few words, to stand beside others. */
export function fundingPhrase(reading: FundingReading, taxation: Taxation): string {
  const own = fundingClasses(reading, taxation);
  if (own === null) return 'funding as part of the contract’s result';
  return own.paid === null ? 'funding received as income, funding paid lost' : 'funding as income both ways, payments deducted';
}

/**
 * Which readings are one and the same under a way of taxing contracts.
 *
 * @param apart - as `fundingReadingsApart` gives it
 */
export function fundingDifference(apart: readonly (readonly FundingReading[])[]): string {
  const alike = apart.find((group) => group.length > 1);
  if (alike === undefined) return 'each reading differs from the others';
  if (apart.length === 1) return 'the readings differ only in when funding counts';
  const pair = alike.join(' and ');
  return alike.includes('result') ? `${pair} differ only in when funding counts` : `${pair} are the same`;
}
