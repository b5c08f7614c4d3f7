import { describe, expect, test } from 'vitest';
import { DataError } from '../../../src/core/errors.ts';
import { readTransactions } from '../../../src/tax/transactions/read.ts';
import { at } from '../../support/tax.ts';

/** Messages with their lines, `3: fee "x" is no number`. */
function faultsOf(text: string): string[] {
  try {
    readTransactions(text, 'trades.csv');
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    expect(error.code).toBe('transactions-invalid');
    return error.faults.map(({ message, at: place }) => `${place?.line ?? '-'}: ${message}`);
  }
  return [];
}

const lines = (...rows: string[]): string => rows.join('\n');

describe('a transactions file', () => {
  test('is read with its columns in any order, spelling and number of fields used', () => {
    const text = lines(
      'Asset,QTY,type,Value,date,fee_in_asset',
      'BTC,2,Buy,100,2024-01-02T03:04:05Z,',
      'BTC,1,sell,60,2024-02-01,0.5',
    );
    const [buy, sell] = readTransactions(text, 'trades.csv');
    expect(buy).toMatchObject({ line: 2, type: 'buy', asset: 'BTC', quantity: 2, gross: 100, fee: 0, feeInAsset: 0, id: '2' });
    expect(buy!.time).toBe(at('2024-01-02') + ((3 * 60 + 4) * 60 + 5) * 1_000);
    expect(sell).toMatchObject({ line: 3, time: at('2024-02-01'), feeInAsset: 0.5 });
  });

  test('may have a byte order mark, Windows line ends, empty lines, quotes and a time of its own', () => {
    const text = '\uFEFFdate,time,type,asset,quantity,gross,note\r\n\r\n2024-01-02,9:30,buy,BTC,1,10,"a, b"\r\n';
    expect(readTransactions(text, 'trades.csv')).toEqual([expect.objectContaining({ line: 3, time: at('2024-01-02', 9.5) })]);
  });

  test('says everything that is wrong, with lines', () => {
    const text = lines(
      'date,type,asset,quantity,gross,fee,lots',
      '2024-13-01,buy,BTC,1,1,,',
      '2024-01-01,by,BTC,1,"1,5",,',
      '2024-01-01,sell,BTC,-1,1,x,',
      ',buy,,,,,',
      '2024-01-01,buy,BTC,1',
      '2024-01-01,funding,BTC-PERP,,-5,,7',
      '2024-01-01,buy,BTC,0,1,,',
    );
    expect(faultsOf(text)).toEqual([
      '2: "2024-13-01" is no date',
      '3: type "by" is not known',
      '3: gross "1,5" is no number',
      '4: quantity is -1, expected above 0',
      '4: fee "x" is no number',
      '5: date is missing (type buy)',
      '5: asset is missing (type buy)',
      '5: quantity is missing (type buy)',
      '5: gross is missing (type buy)',
      '6: 4 fields, expected 7 as in the header',
      '7: lots means nothing in a row of type funding',
      '8: quantity is 0, expected above 0',
    ]);
  });

  test.each([
    ['nothing', '', '-: the file has no rows, expected a header line and one row for each transaction'],
    [
      'a header alone',
      'date,type,asset,gross',
      '-: the file has no rows, expected a header line and one row for each transaction',
    ],
    ['semicolons', 'date;type\n1;2', '1: fields are not separated by commas'],
    [
      'a quote that does not close',
      '"a\nb',
      '2: not CSV: Quote Not Closed: the parsing is finished with an opening quote at line 2',
    ],
    ['a column that is there twice', 'date,type,asset,gross,value\n1,2,3,4,5', '1: column "gross" is there twice'],
    ['a column that is not known', 'date,type,asset,gross,foe\n1,2,3,4,5', '1: column "foe" is not known'],
    ['no date', 'type,asset,gross\n1,2,3', '1: column "date" is missing'],
  ])('of %s is refused', (_, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  test('names purchases by id, and each only once', () => {
    const head = 'date,type,asset,quantity,gross,id,lots';
    expect(faultsOf(lines(head, '2024-01-01,buy,A,1,1,x,', '2024-01-02,buy,A,1,1,x,'))).toEqual([
      '3: id "x" is that of line 2 too',
    ]);
    expect(faultsOf(lines(head, '2024-01-01,buy,A,1,1,x,', '2024-01-02,sell,A,1,1,,x y'))).toEqual([
      '3: lots: there is no purchase of A with id "y"',
    ]);
    expect(faultsOf(lines(head, '2024-01-01,buy,B,1,1,x,', '2024-01-02,sell,A,1,1,,x'))).toHaveLength(1);
  });

  test('has two rows for a swap, at one time', () => {
    const head = 'date,type,asset,quantity,gross,swap';
    expect(faultsOf(lines(head, '2024-01-01,sell,A,1,5,s', '2024-01-01,buy,B,2,5,s'))).toEqual([]);
    expect(faultsOf(lines(head, '2024-01-01,sell,A,1,5,s', '2024-01-02,buy,B,2,5,s'))).toEqual([
      '2: swap "s" is lines 2, 3, expected one sell and one buy at the same time',
    ]);
    expect(faultsOf(lines(head, '2024-01-01,sell,A,1,5,s'))).toHaveLength(1);
  });
});
