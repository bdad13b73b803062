import { expect, test } from 'vitest'
import { WorkQueue } from '../../src/recap/mp4/work-queue.ts'

test('two MP4s are made at once, the next in the order they came, and too many are refused [LIVE-RECAP-18]', async () => {
  const queue = new WorkQueue({ atOnce: 2, mostWaiting: 3 })
  const begun: number[] = []
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
  const { signal } = new AbortController()
  const gone = new AbortController()
  const runs = ends.map(({ promise }, at) =>
    queue.run(at === 3 ? gone.signal : signal, async () => {
      begun.push(at)
      await promise
      return at
    }),
  )
  expect(begun).toEqual([0, 1])
  await expect(queue.run(signal, async () => 0)).rejects.toMatchObject({ code: 'queue-full', status: 503 })
  gone.abort(new Error('gone'))
  await expect(runs[3]).rejects.toThrow('gone')
  ends[1]?.reject(new Error('failed'))
  await expect(runs[1]).rejects.toThrow('failed')
  await expect.poll(() => begun).toEqual([0, 1, 2])
  ends[0]?.resolve()
  await expect.poll(() => begun).toEqual([0, 1, 2, 4])
  ends[2]?.resolve()
  ends[4]?.resolve()
  expect(await Promise.all([runs[0], runs[2], runs[4]])).toEqual([0, 2, 4])
  expect(await queue.run(signal, async () => 'free')).toBe('free')
})
