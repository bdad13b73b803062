import { readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { NodeCache } from '../../src/placement/node-cache.ts'
import { orderByNear } from '../../src/placement/order-by-near.ts'
import { withFolder } from '../with-folder.ts'

test('an object is fetched once, the least lately used goes when there is no room, and a fetch that fails leaves nothing [JOBS-NEAR-02]', () =>
  withFolder(async (folder) => {
    const cache = new NodeCache(join(folder, 'cache'), 25)
    const fetched: string[] = []
    const take = async (key: string): Promise<string> => {
      const path = await cache.file(key, async (staging) => {
        fetched.push(key)
        await writeFile(staging, key.repeat(10))
      })
      // Times of files are too coarse for a quick test.
      const at = new Date(1_000_000 * ++uses)
      await utimes(path, at, at)
      return readFile(path, 'utf8')
    }
    let uses = 0
    expect([await take('a'), await take('b'), await take('a')]).toEqual([
      'a'.repeat(10),
      'b'.repeat(10),
      'a'.repeat(10),
    ])
    expect(fetched).toEqual(['a', 'b'])
    await take('c')
    expect(await cache.held(['a', 'b', 'c', 'd'])).toEqual(new Set(['a', 'c']))
    await expect(cache.file('d', () => Promise.reject(new Error('no net')))).rejects.toThrow('no net')
    expect(await cache.held(['d'])).toEqual(new Set())
  }))

test('chunks that want the same objects come next to each other, the others stay in order', () => {
  expect(orderByNear([0, 1, 2, 3, 4], [['x'], ['y'], ['x'], [], ['y']])).toEqual([0, 2, 1, 4, 3])
  expect(orderByNear([3, 5, 9], [])).toEqual([3, 5, 9])
})
