import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { trafficDigest } from './traffic-digest.ts'

function onWorker(seeds: number[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./traffic-digest-child.ts', import.meta.url), { workerData: seeds })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

test('traffic is the same to the last bit on one worker, on two, and on none [DRIVE-TRAFFIC-06]', async () => {
  const seeds = [1, 2]
  const here = seeds.map((seed) => trafficDigest(seed))
  const one = await onWorker(seeds)
  const two = await Promise.all([onWorker([1]), onWorker([2])])
  expect(one).toEqual(here)
  expect(two.flat()).toEqual(here)
  expect(new Set(here).size).toBe(2)
})
