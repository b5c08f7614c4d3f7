import { LotHeap } from './lot-heap.ts';
import type { LotOrder } from './lot-order.ts';
import type { PooledMethod } from './methods.ts';

/** The order of a method over so many assets, empty. Average cost gives lots up by age, for their holding periods. */
export function lotOrder(method: PooledMethod, assets: number): LotOrder {
  switch (method) {
    case 'fifo':
    case 'average-moving':
      return { newestFirst: false, heap: null };
    case 'lifo':
      return { newestFirst: true, heap: null };
    case 'hifo':
      return { newestFirst: false, heap: new LotHeap(assets, false) };
    case 'lofo':
      return { newestFirst: false, heap: new LotHeap(assets, true) };
    default:
      return method satisfies never;
  }
}
