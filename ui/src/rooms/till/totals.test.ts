// The sums under a sale, read from top to bottom, come to the total and to what is left to pay.

import { beforeEach, describe, expect, test } from 'vitest';
import type { Cart } from '../../../bindings';
import { openStudio } from '../../test-desk';
import { totals, type TotalRow } from './totals';

beforeEach(() => openStudio());

const cart: Cart = {
  lines: [],
  tips: [],
  before_tax: 100_000,
  goods: 100_000,
  discount: 0,
  tax: 13_793,
  tax_added: 0,
  taxes: [{ name: null, bp: 1_600, net: 86_207, tax: 13_793 }],
  tip: 0,
  total: 100_000,
  deposits: [],
  to_pay: 100_000,
  cash_to_pay: 100_000,
  rounding: 0,
  cash_suggestions: [],
  discounted: false,
  repriced: false,
};
const deposit = { deposit_id: 'd', taken_at: 0, amount: 30_000 };
const tip = { artist_id: 'a', amount: 5_000 };
const onTop = { tax: 16_000, tax_added: 16_000, taxes: cart.taxes.map((each) => ({ ...each, tax: 16_000 })) };

/** Every sum is what the parts above it come to, and nothing that is within counts twice. */
function addsUp(rows: TotalRow[]): number {
  let come = 0;
  for (const row of rows) {
    if (row.is === 'sum') expect(`${row.label} ${come}`).toBe(`${row.label} ${row.minor}`);
    if (row.is === 'part') come += row.minor;
  }
  return come;
}

describe('what is shown adds up', () => {
  test.each<[string, Partial<Cart>]>([
    ['plain', {}],
    [
      'discount, tax in the price',
      { before_tax: 90_000, goods: 90_000, discount: 10_000, total: 90_000, to_pay: 90_000 },
    ],
    [
      'discount, tip and deposit, tax in the price',
      {
        before_tax: 90_000,
        goods: 90_000,
        discount: 10_000,
        tips: [tip],
        tip: 5_000,
        total: 95_000,
        deposits: [deposit],
        to_pay: 65_000,
      },
    ],
    ['tax on top', { ...onTop, goods: 116_000, total: 116_000, to_pay: 116_000 }],
    [
      'line and whole discount, tax on top, tip and deposit',
      {
        ...onTop,
        before_tax: 100_000,
        goods: 116_000,
        discount: 25_000,
        tips: [tip],
        tip: 5_000,
        total: 121_000,
        deposits: [deposit],
        to_pay: 91_000,
      },
    ],
  ])('%s', (_, part) => {
    const one = { ...cart, ...part };
    expect(addsUp(totals(one, () => 'Mara Quill'))).toBe(one.to_pay);
  });

  test('goods stand before what is taken off them, and tax that is in the price is said after the total', () => {
    const one = { ...cart, before_tax: 90_000, goods: 90_000, discount: 10_000, total: 90_000, to_pay: 90_000 };
    expect(totals(one, () => '').map((row) => `${row.is} ${row.minor}`)).toEqual([
      'part 100000',
      'part -10000',
      'sum 90000',
      'within 13793',
    ]);
  });
});
