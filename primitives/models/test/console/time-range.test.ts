import { describe, expect, it } from 'vitest'
import { askedTimes, chooseRange, chosenRange, fromField, toField } from '../../console/calls/time-range.ts'

const nowMs = Date.UTC(2026, 4, 10, 12, 30, 15)
const hourMs = 3_600_000

describe('the time filter of calls', () => {
  it('moves a last stretch on with the clock and keeps fixed ends', () => {
    const last = chooseRange('hour', nowMs)
    expect(chosenRange(last)).toBe('hour')
    expect(askedTimes(last, nowMs)).toEqual({ from: String(nowMs - hourMs), to: '' })
    expect(askedTimes(last, nowMs + 5)).toEqual({ from: String(nowMs - hourMs + 5), to: '' })
    const fixed = { last: 'hour', from: '1000', to: '2000' }
    expect(chosenRange(fixed)).toBe('custom')
    expect(askedTimes(fixed, nowMs)).toEqual({ from: '1000', to: '2000' })
  })

  it('begins a custom range with the last hour, at a whole minute', () => {
    const { from } = chooseRange('custom', nowMs)
    expect(from).toBe(String(Date.UTC(2026, 4, 10, 11, 30)))
    expect(fromField(toField(from))).toBe(from)
  })

  it('asks for any time when the URL has none that is known', () => {
    const any = { last: 'century', from: '', to: '' }
    expect(chosenRange(any)).toBe('')
    expect(askedTimes(any, nowMs)).toEqual({ from: '', to: '' })
    expect(toField('soon')).toBe('')
    expect(fromField('soon')).toBe('')
  })
})
