import { Holdings } from './holdings.ts';
import { JointSales } from './joint-sales.ts';
import type { LotView } from './ledger.ts';
import { matchedPart } from './sales.ts';
import type { Counting, MatchedPart, ResultSink, SpotBook } from './spot-book.ts';

/** One coin's tax year so far. */
interface Stock {
  /** Opening stock and purchases. */
  quantity: number;
  cost: number;
  /** By the part of the year in which they count. */
  readonly sales: Map<number, JointSales>;
  /** When what is held now began to be bought. */
  since: number;
}

/**
 * Total average: every unit sold in a tax year costs the average of its opening stock and all its purchases, also later ones.
 *
 * The cost of a year's sales is final at its end only; until then it is what would hold if nothing more were bought.
 *
 * @see Order for Enforcement of the Income Tax Act (Japan), article 119-2
 */
export class YearlyAverageBook implements SpotBook {
  readonly #assets: readonly string[];
  readonly #sink: ResultSink;
  readonly #keepParts: boolean;
  readonly #counting: Counting;
  readonly #holdings: Holdings;
  readonly #stocks: Stock[];
  readonly #parts: MatchedPart[] = [];
  #disposals = 0;

  constructor(assets: readonly string[], sink: ResultSink, keepParts: boolean, counting: Counting) {
    this.#assets = assets;
    this.#sink = sink;
    this.#keepParts = keepParts;
    this.#counting = counting;
    this.#holdings = new Holdings(assets);
    this.#stocks = assets.map(() => ({ quantity: 0, cost: 0, sales: new Map(), since: NaN }));
  }

  acquire(asset: number, quantity: number, cost: number, _price: number, time: number): void {
    const stock = this.#stocks[asset]!;
    if (!(this.#holdings.quantity[asset]! > 0) || time < stock.since) stock.since = time;
    this.#holdings.add(asset, quantity, time);
    stock.quantity += quantity;
    stock.cost += cost;
    recount(stock, stock.cost / stock.quantity, this.#sink);
  }

  dispose(asset: number, quantity: number, proceeds: number, _gross: number, time: number, cause: number): boolean {
    const units = this.#holdings.take(asset, quantity);
    if (units === 0) return false;
    const stock = this.#stocks[asset]!;
    this.#salesOf(stock, time).add({ disposal: this.#disposals++, quantity: units, proceeds, time, cause });
    recount(stock, stock.cost / stock.quantity, this.#sink);
    return true;
  }

  settle(): void {}

  /** Its sales are final, what is left opens the next. */
  endYear(): void {
    this.#stocks.forEach((stock, asset) => {
      if (this.#keepParts) this.#parts.push(...linesOf(asset, stock));
      const left = this.#holdings.quantity[asset]!;
      stock.cost = left * (stock.quantity > 0 ? stock.cost / stock.quantity : 0);
      stock.quantity = left;
      stock.sales.clear();
    });
  }

  foresee(asset: number, quantity: number, proceeds: number, time: number, sink: ResultSink): void {
    const stock = this.#stocks[asset]!;
    const units = Math.min(quantity, this.#holdings.quantity[asset]!);
    if (units > 0) sink.count((proceeds * units) / quantity - (units * stock.cost) / stock.quantity, false, time, 1);
  }

  foreseeAll(proceeds: Float64Array, time: number, sink: ResultSink): void {
    this.#stocks.forEach((_, asset) => this.foresee(asset, this.held(asset), proceeds[asset]!, time, sink));
  }

  held(asset: number): number {
    return this.#holdings.quantity[asset]!;
  }

  basis(asset: number): number {
    const { cost, quantity } = this.#stocks[asset]!;
    return quantity > 0 ? this.held(asset) * (cost / quantity) : 0;
  }

  nextQuantity(asset: number): number {
    return this.held(asset);
  }

  lots(asset: number): LotView[] {
    const quantity = this.held(asset);
    if (quantity === 0) return [];
    const acquired = this.#stocks[asset]!.since;
    return [{ asset: this.#assets[asset]!, acquired, quantity, cost: this.basis(asset), longTerm: false }];
  }

  parts(): { final: readonly MatchedPart[]; provisional: readonly MatchedPart[] } {
    return { final: this.#parts, provisional: this.#stocks.flatMap((stock, asset) => linesOf(asset, stock)) };
  }

  #salesOf({ sales }: Stock, time: number): JointSales {
    const split = this.#counting.splitOf(time);
    let joint = sales.get(split);
    if (!joint) sales.set(split, (joint = new JointSales(this.#counting.bySign)));
    return joint;
  }
}

/** Counts what all sales now result in. */
function recount({ sales }: Stock, unitCost: number, sink: ResultSink): void {
  for (const joint of sales.values()) joint.recount(unitCost, sink, true);
}

function linesOf(asset: number, { sales, cost, quantity }: Stock): MatchedPart[] {
  const inOrder = [...sales.values()].flatMap((joint) => joint.sales);
  return inOrder.map((sale) =>
    matchedPart(asset, sale, {
      quantity: sale.quantity,
      cost: sale.quantity * (cost / quantity),
      rule: 'average',
      acquired: NaN,
    }),
  );
}
