import { describe, expect, it } from 'vitest'
import { Unordered } from '../src/unordered.ts'

const item = (name: string) => ({ name, place: -1 })

describe('an unordered set', () => {
  it('holds what was added and not yet deleted, whatever the order', () => {
    const items = new Unordered<ReturnType<typeof item>>()
    const kept = new Set<ReturnType<typeof item>>()
    const all = Array.from({ length: 50 }, (_, index) => item(String(index)))
    // A fixed walk that deletes from the front, the middle and the end.
    for (let step = 0; step < 500; step++) {
      const one = all[(step * 17) % all.length]!
      if (step % 3 === 0) expect(items.delete(one)).toBe(kept.delete(one))
      else {
        items.add(one)
        kept.add(one)
      }
      expect(new Set(items)).toEqual(kept)
      expect(items.size).toBe(kept.size)
    }
  })

  it('may lose items while it is walked', () => {
    const items = new Unordered<ReturnType<typeof item>>()
    for (let index = 0; index < 10; index++) items.add(item(String(index)))
    const seen: string[] = []
    for (const one of items) {
      seen.push(one.name)
      items.delete(one)
    }
    expect(seen).toHaveLength(10)
    expect(items.size).toBe(0)
  })
})
