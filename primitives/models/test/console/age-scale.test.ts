import { describe, expect, it } from 'vitest'
import { agePlace, assignRows } from '../../console/overview/age-scale.ts'

describe('a lane of calls', () => {
  it('places a call by its age from the start to the end, and keeps older ones at the end', () => {
    expect(agePlace(0)).toBe(0)
    expect(agePlace(120_000)).toBeCloseTo(1)
    expect(agePlace(3_600_000)).toBe(1)
    expect(agePlace(1000)).toBeLessThan(agePlace(1001))
  })

  it('keeps the row of a call for as long as it is in flight [MODELS-CONSOLE-01]', () => {
    const first = assignRows(new Map(), [call('a', 900), call('b', 500), call('c', 10)], 3)
    expect(new Set(first.values())).toEqual(new Set([0, 1, 2]))
    const later = assignRows(first, [call('c', 1010), call('d', 5)], 3)
    expect(later.get('c')).toBe(first.get('c'))
    expect(later.get('d')).not.toBe(later.get('c'))
    expect([...later.keys()]).toEqual(['c', 'd'])
  })

  it('gives a new call the row whose youngest call is the oldest when all rows are taken', () => {
    const before = assignRows(new Map(), [call('a', 9000), call('b', 100)], 2)
    const after = assignRows(before, [call('a', 10_000), call('b', 1100), call('c', 0)], 2)
    expect(after.get('c')).toBe(before.get('a'))
  })
})

function call(id: string, ageMs: number): { id: string; ageMs: number } {
  return { id, ageMs }
}
