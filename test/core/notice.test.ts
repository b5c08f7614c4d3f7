import { expect, test } from 'vitest';
import { NoticeBoard } from '../../src/core/notice.ts';

test('the same code is counted, with the message and moment of its first occurrence', () => {
  const board = new NoticeBoard();
  board.add('zero-volume', 'BTC did not trade', 5);
  board.add('zero-volume', () => 'never asked for', 9);
  board.add('other', () => 'made when needed', null, 3);
  board.add('other', 'again', null, 4);
  expect(board.list()).toEqual([
    { code: 'zero-volume', message: 'BTC did not trade', count: 2, first: 5 },
    { code: 'other', message: 'made when needed', count: 7, first: null },
  ]);
});
