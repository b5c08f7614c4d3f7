import { expect, test } from 'vitest';
import { defineStrategy, z, type Strategy } from 'kedge';

const rest = {
  name: 'mine',
  summary: 'For a test.',
  params: z.object({ band: z.number().default(0.05) }),
  needs: () => ({ symbols: ['BTC'] }),
};

// What these tests hold is held by the compiler (`npm run types`): a comment that expects an error is one where there is none.
const compile = (...strategies: Strategy[]): void => expect(strategies.every(({ name }) => name === 'mine')).toBe(true);

test('a misspelt handler does not compile beside a good one', () => {
  compile(
    // @ts-expect-error -- onFundng
    defineStrategy({ ...rest, setup: () => ({ onBar() {}, onFundng() {} }) }),
  );
});

test('a misspelt handler does not compile alone', () => {
  compile(
    // @ts-expect-error -- onFundng
    defineStrategy({ ...rest, setup: () => ({ onFundng() {} }) }),
    defineStrategy({
      ...rest,
      // @ts-expect-error -- onFundng
      setup() {
        return { onFundng() {} };
      },
    }),
  );
});

test('handlers know the types of what they are given', () => {
  compile(
    defineStrategy({ ...rest, setup: () => ({}) }),
    defineStrategy({
      ...rest,
      setup: ({ params }) => ({
        wake: { kind: 'calendar', every: 'week' },
        onBar({ market, orders }) {
          orders.market('BTC', params.band * market.close('BTC'), { tag: 'typed' });
          // @ts-expect-error -- a parameter that is not in the schema
          void params.bnd;
          // @ts-expect-error -- symbols are names
          void market.close(1);
        },
      }),
    }),
  );
});
