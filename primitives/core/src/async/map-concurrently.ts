/**
 * Works on at most `limit` items at once, in order; results stand in the items' order. After a failure no further item is begun,
 * and the first failure is thrown once those in work have ended, so nothing runs on behind the caller's back. An infinite iterable
 * is taken only as fast as it is worked on.
 */
export async function mapConcurrently<Item, Result>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  // All workers take from one iterator: each item goes to one of them.
  const queue = Iterator.from(items)
  let taken = 0
  const failures: unknown[] = []
  const run = async (): Promise<void> => {
    while (failures.length === 0) {
      const next = queue.next()
      if (next.done) return
      const index = taken++
      try {
        results[index] = await work(next.value, index)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, limit) }, run))
  if (failures.length > 0) throw failures[0]
  return results
}
