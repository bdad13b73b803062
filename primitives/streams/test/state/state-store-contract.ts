import { expect, test } from 'vitest'
import type { StateStore } from '../../src/state/state-store.ts'

/** What every backend of `StateStore` keeps to. `make` opens an empty place; `open` opens the same place again. */
export function runStateStoreContract(
  make: () => Promise<{ open(): Promise<StateStore>; dispose(): Promise<void> }>,
): void {
  test('gives back the newest snapshot of a name and version', async () => {
    const place = await make()
    try {
      const store = await place.open()
      expect(await store.load('live.insights', 1)).toBeNull()
      await store.save('live.insights', 1, 5, Buffer.from('five'))
      await store.save('live.insights', 1, 12, Buffer.from('twelve'))
      await store.save('live.insights', 1, 9, Buffer.from('older than what is there'))
      await store.save('live.insights', 2, 3, Buffer.from('other version'))
      await store.save('a b/ü', 1, 4, new Uint8Array())
      const again = await place.open()
      expect(text(await again.load('live.insights', 1))).toEqual([12, 'twelve'])
      expect(text(await again.load('live.insights', 2))).toEqual([3, 'other version'])
      expect(text(await again.load('a b/ü', 1))).toEqual([4, ''])
    } finally {
      await place.dispose()
    }
  })

  test('holds snapshots of megabytes, and saves of two at once', async () => {
    const place = await make()
    try {
      const [one, two] = [await place.open(), await place.open()]
      const large = Buffer.alloc(3_000_000, 'large ')
      for (let round = 1; round <= 4; round++) {
        await Promise.all([one.save('p', 1, round, large), two.save('p', 1, round, large)])
      }
      const loaded = await one.load('p', 1)
      expect(loaded?.offset).toBe(4)
      expect(large.equals(loaded!.bytes)).toBe(true)
    } finally {
      await place.dispose()
    }
  })
}

function text(snapshot: { offset: number; bytes: Uint8Array } | null): unknown {
  return snapshot && [snapshot.offset, Buffer.from(snapshot.bytes).toString()]
}
