import { describe, expect, it } from 'vitest'
import * as format from '../src/kit/format.ts'

describe('format', () => {
  it('says durations in the unit that people would use', () => {
    expect([0.42, 84.4, 1240, 42_000, 185_000].map(format.formatDuration)).toEqual([
      '0.4 ms',
      '84 ms',
      '1.24 s',
      '42.0 s',
      '3 min 5 s',
    ])
  })

  it('shows an unknown number as a dash, never as zero [CONSOLE-FORMAT-01]', () => {
    expect([format.formatDuration(null), format.formatPercent(null), format.formatCount(null)]).toEqual([
      '–',
      '–',
      '–',
    ])
  })

  it('never says all of nearly all', () => {
    expect([0.042, 0.61, 0.9972, 0.99999, 1].map(format.formatPercent)).toEqual([
      '4.2 %',
      '61 %',
      '99.7 %',
      '99.9 %',
      '100 %',
    ])
  })

  it('follows the digits of the currency', () => {
    expect(format.formatMoney({ minor: 5990, currency: 'USD' })).toBe('$59.90')
    expect(format.formatMoney({ minor: 1200, currency: 'JPY' })).toBe('¥1,200')
  })

  it('signs changes and gives intervals their bounds [CONSOLE-FORMAT-01]', () => {
    expect(format.formatChange(0.61)).toBe('+61 %')
    expect(format.formatChange(-0.04)).toBe('−4.0 %')
    expect(format.formatInterval({ estimate: 0.042, low: 0.038, high: 0.046 })).toBe('4.2 % (3.8 to 4.6)')
  })

  it('keeps small costs visible', () => {
    expect([0, 4200, 12_400_000].map(format.formatCost)).toEqual(['$0', '$0.0042', '$12.40'])
  })
})
