import { describe, expect, test, vi } from 'vitest'
import { mapConcurrently, sleep, unlessAborted, Wakeup, withTimeout } from '../../src/async/index.ts'

describe('a wake-up', () => {
  test('ends every wait that stands, and none that comes later [CORE-ASYNC-01]', async () => {
    const changed = new Wakeup()
    const heard: string[] = []
    const first = changed.wait().then(() => heard.push('first'))
    const second = changed.wait().then(() => heard.push('second'))
    changed.wake()
    await Promise.all([first, second])
    expect(heard).toEqual(['first', 'second'])
    const later = changed.wait().then(() => heard.push('later'))
    await Promise.resolve()
    expect(heard).not.toContain('later')
    changed.wake()
    await later
  })

  test('misses no change that came between looking and waiting [CORE-ASYNC-01]', async () => {
    const changed = new Wakeup()
    const since = changed.count
    changed.wake()
    await changed.wait({ since })
  })

  test('a follower sees every item, in order, at its own pace [CORE-ASYNC-01]', async () => {
    const items: number[] = []
    const changed = new Wakeup()
    const follow = async (): Promise<number[]> => {
      const seen: number[] = []
      while (seen.length < 50) {
        while (seen.length >= items.length) await changed.wait()
        seen.push(items[seen.length]!)
        if (seen.length % 7 === 0) await Promise.resolve()
      }
      return seen
    }
    const followers = [follow(), follow()]
    for (let item = 0; item < 50; item++) {
      items.push(item)
      changed.wake()
      if (item % 3 === 0) await Promise.resolve()
    }
    for (const seen of await Promise.all(followers)) expect(seen).toEqual(items)
  })

  test('a wait ends with its signal or its time, and leaves no listener behind [CORE-ASYNC-01]', async () => {
    const changed = new Wakeup()
    const stop = new AbortController()
    const removed = vi.spyOn(stop.signal, 'removeEventListener')
    const added = vi.spyOn(stop.signal, 'addEventListener')
    const woken = changed.wait({ signal: stop.signal })
    changed.wake()
    await woken
    await changed.wait({ signal: stop.signal, timeoutMs: 1 })
    const aborted = changed.wait({ signal: stop.signal })
    stop.abort()
    await aborted
    await changed.wait({ signal: stop.signal })
    expect(removed).toHaveBeenCalledTimes(added.mock.calls.length)
  })
})

describe('sleep', () => {
  test('ends after its time, or as soon as the signal aborts, without a rejection [CORE-ASYNC-02]', async () => {
    await sleep(1)
    const stop = new AbortController()
    const asleep = sleep(1e12, stop.signal)
    stop.abort()
    await asleep
    await sleep(1e12, stop.signal)
  })
})

describe('a time limit', () => {
  test('gives what the work gives, or what is said when it is late [CORE-ASYNC-02]', async () => {
    const never = new Promise<string>(() => {})
    expect(await withTimeout(Promise.resolve('done'), 60_000, () => 'late')).toBe('done')
    expect(await withTimeout(never, 1, () => null)).toBe(null)
    await expect(withTimeout(Promise.reject(new Error('broken')), 60_000, () => null)).rejects.toThrow(
      'broken',
    )
    const late = withTimeout(never, 1, () => {
      throw new Error('too late')
    })
    await expect(late).rejects.toThrow('too late')
  })

  test('a failure after it is nobody’s [CORE-ASYNC-02]', async () => {
    const work = Promise.withResolvers<string>()
    expect(await withTimeout(work.promise, 1, () => 'late')).toBe('late')
    work.reject(new Error('unheard'))
    await sleep(1)
  })
})

test('work is no longer waited for once its signal aborts [CORE-ASYNC-02]', async () => {
  const stop = new AbortController()
  expect(await unlessAborted(Promise.resolve(1), stop.signal)).toBe(1)
  const waiting = unlessAborted(new Promise(() => {}), stop.signal)
  stop.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
  await expect(unlessAborted(new Promise(() => {}), stop.signal)).rejects.toThrow('stopped')
})

describe('mapping with bounded concurrency', () => {
  test('never has more than its limit in work, and keeps the order [CORE-ASYNC-03]', async () => {
    let inWork = 0
    let most = 0
    const results = await mapConcurrently([5, 1, 4, 2, 3, 0], 3, async (item, index) => {
      inWork++
      most = Math.max(most, inWork)
      await sleep(item)
      inWork--
      return [item * 10, index]
    })
    expect(results).toEqual([
      [50, 0],
      [10, 1],
      [40, 2],
      [20, 3],
      [30, 4],
      [0, 5],
    ])
    expect(most).toBe(3)
    expect(await mapConcurrently([], 3, (ms: number) => sleep(ms))).toEqual([])
  })

  test('begins nothing after a failure, and throws it when what runs has ended [CORE-ASYNC-03]', async () => {
    const begun: number[] = []
    const ended: number[] = []
    const mapping = mapConcurrently([0, 1, 2, 3], 2, async (item) => {
      begun.push(item)
      await sleep(item * 5)
      if (item === 0) throw new Error('first')
      ended.push(item)
    })
    await expect(mapping).rejects.toThrow('first')
    expect(begun).toEqual([0, 1])
    expect(ended).toEqual([1])
  })
})
