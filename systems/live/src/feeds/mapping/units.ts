/** Exact factors (international yard and pound, 1959; US gallon). */
const factors = {
  'mph>mps': 0.44704,
  'kmh>mps': 1 / 3.6,
  'knots>mps': 1852 / 3600,
  'mps>ydps': 1 / 0.9144,
  'ft>yd': 1 / 3,
  'm>yd': 1 / 0.9144,
  'm>ft': 1 / 0.3048,
  'yd>ft': 3,
  'gal>l': 3.785411784,
  'pct>share': 0.01,
  'ms>s': 0.001,
  'min>s': 60,
} as const

export type UnitName = keyof typeof factors

export const unitNames = Object.keys(factors) as [UnitName, ...UnitName[]]

export const convert = (value: number, unit: UnitName): number => value * factors[unit]
