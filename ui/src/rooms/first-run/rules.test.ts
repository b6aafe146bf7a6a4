import { describe, expect, test } from 'vitest';
import { currencies as known } from '../../../bindings';
import { amountText, exponentOf, readAmount } from './amount';
import { currencies } from './places';
import { isUsername, passwordRules, suggestUsername } from './rules';

describe('amounts before there is a studio', () => {
  test.each([
    ['1,234.50', 2, 123_450],
    ['1.234,5', 2, 123_450],
    ['$ 80', 2, 8_000],
    ['1,234', 2, 123_400],
    ['1200', 2, 120_000],
    ['.5', 2, 50],
    ['15,000', 0, 15_000],
    ['1.250', 3, 1_250],
    ['1 234,50', 2, 123_450],
    ["12'345'678.05", 2, 1_234_567_805],
    ['MX$500', 2, 50_000],
    ['Fr.50', 2, 5_000],
    ['$.50', 2, 50],
    ['80 MXN', 2, 8_000],
    ['500 pesos', 2, 50_000],
    ['120 zł', 2, 12_000],
    ['S/ 45.5', 2, 4_550],
  ])('%s with %d decimals', (text, exponent, minor) => expect(readAmount(text, exponent)).toBe(minor));

  test.each([
    '',
    'abc',
    '-5',
    '1.2.3',
    '1,23,456',
    '12/5',
    '99999999999999',
    '2 x 500',
    '500 de 1000',
    '500 MXN2',
    '1e3',
    '$1.5k',
    '0x10',
    '500 mil',
    '500\n200',
    '1234 567',
  ])('%s is no amount', (text) => expect(readAmount(text, 2)).toBeNull());

  test('what is shown reads back the same', () => {
    for (const [minor, exponent] of [
      [123_450, 2],
      [0, 2],
      [1_500, 0],
      [1_234_567, 3],
    ] as const)
      expect(readAmount(amountText(minor, exponent), exponent)).toBe(minor);
  });

  test('each currency has its decimals', () =>
    expect(['MXN', 'JPY', 'KWD', 'CLP'].map(exponentOf)).toEqual([2, 0, 3, 0]));

  test('those that the core takes can be chosen by name, the usual ones first', () => {
    const codes = currencies('en').map(({ value }) => value);
    expect(codes.slice(0, 3)).toEqual(['MXN', 'USD', 'EUR']);
    expect(codes.toSorted()).toEqual(Object.keys(known).toSorted());
    expect(currencies('es-MX').find(({ value }) => value === 'PEN')?.label).toMatch(/PEN · sol/i);
  });
});

describe('passwords', () => {
  const kept = (password: string, names: string[] = []) => Object.values(passwordRules(password, names)).every(Boolean);

  test.each(['Needle42x', 'a very long sentence'])('%s may be used', (password) => expect(kept(password)).toBe(true));
  test.each(['', 'Ab1', 'needle42x', 'NEEDLE42X', 'Needlesss', '               '])('“%s” may not', (password) =>
    expect(kept(password)).toBe(false),
  );
  test('a name with a few letters behind it may not', () => {
    expect(kept('Mercury12', ['Mercury'])).toBe(false);
    expect(kept('MercuryAndMars12', ['Mercury'])).toBe(true);
  });
});

test('sign-in names are suggested without accents and without a clash', () => {
  expect(suggestUsername('Inês Rocha')).toBe('ines');
  expect(suggestUsername('Inês Rocha', ['ines'])).toBe('ines.r');
  expect(suggestUsername('Inês', ['ines'])).toBe('ines2');
  expect(suggestUsername('李')).toBe('');
  expect(isUsername('mara.q')).toBe(true);
  expect(isUsername('Mara')).toBe(false);
});
