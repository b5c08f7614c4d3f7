/**
 * An exemption limit: a year's net gain below it is free, at the limit all of it is taxable.
 *
 * @param net - the year's net gain, any sign
 * @param limit - same currency; 0: none
 * @returns ≥ 0
 * @see section 23(3) sentence 5 EStG: exempt when the total is "less than" the limit
 */
export function aboveCliff(net: number, limit: number): number {
  return net < limit || net <= 0 ? 0 : net;
}
