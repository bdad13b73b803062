import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import type { SafeFetch } from '@heavylift/core/safe-fetch'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownAddress, readAddress } from '../../src/pictures/picture-addresses.ts'
import { PictureCache } from '../../src/pictures/picture-cache.ts'
import { pictureType } from '../../src/pictures/picture-type.ts'

let dir = ''
let nowMs = 0
const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs }
const day = 24 * 60 * 60 * 1000
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'heavylift-pictures-'))
  nowMs = Date.now()
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const png = (bytes = 100): Uint8Array =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(bytes)])

/** A host that gives what `give` returns; counts what it was asked for. */
function host(give: (url: string) => Uint8Array | null): { fetch: SafeFetch; asked: string[] } {
  const asked: string[] = []
  const fetch: SafeFetch = async (url) => {
    asked.push(url)
    const body = give(url)
    return {
      url,
      status: body === null ? 404 : 200,
      headers: new Headers(),
      contentType: 'image/png',
      body: body ?? new Uint8Array(),
      text: () => '',
    }
  }
  return { fetch, asked }
}

const cacheOf = (fetch: SafeFetch, maxBytes = 10_000) =>
  new PictureCache({ dir, maxBytes, clock, log: silentLogger, fetch })

test('an address of ours gives back the picture’s own, and a changed or made-up one gives nothing [SHOP-PICTURES-01]', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), fc.string(), (url, other) => {
      const [signature = '', encoded = ''] = ownAddress(url, 'secret').split('/').slice(4)
      expect(readAddress(signature, encoded, 'secret')).toBe(url)
      expect(readAddress(signature, encoded, 'other')).toBeNull()
      expect(readAddress(signature, Buffer.from(`${url}x`).toString('base64url'), 'secret')).toBeNull()
      expect(readAddress(other, encoded, 'secret')).toBeNull()
    }),
  )
  for (const own of ['/api/shop/images/boot.svg', 'data:image/png;base64,', '//host/a.png'])
    expect(ownAddress(own, 'secret')).toBe(own)
})

test('a picture is asked of its host once, however many look, and after a restart not again before a week is over [SHOP-PICTURES-02]', async () => {
  const { fetch, asked } = host(() => png())
  const cache = cacheOf(fetch)
  const all = await Promise.all(Array.from({ length: 20 }, () => cache.read('https://cdn.example/a.png')))
  expect(new Set(all.map(({ contentType }) => contentType))).toEqual(new Set(['image/png']))
  await writeFile(join(dir, 'left.part'), 'of a process that died')
  const restarted = cacheOf(fetch)
  expect((await restarted.read('https://cdn.example/a.png')).bytes).toEqual(Buffer.from(png()))
  expect(await readdir(dir)).toHaveLength(1)
  expect(asked).toHaveLength(1)
  nowMs += 8 * day
  await restarted.read('https://cdn.example/a.png')
  expect(asked).toHaveLength(2)
})

test('what is no picture is never handed on, and not asked for again at once [SHOP-PICTURES-02]', async () => {
  const page = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const { fetch, asked } = host((url) => (url.endsWith('gone') ? null : Buffer.from(page)))
  const cache = cacheOf(fetch)
  for (const url of ['https://cdn.example/x.svg', 'https://cdn.example/gone']) {
    for (let look = 0; look < 3; look++)
      await expect(cache.read(url)).rejects.toMatchObject({ status: 404, code: 'picture-not-had' })
  }
  expect(asked).toHaveLength(2)
  nowMs += 6 * 60 * 1000
  await expect(cache.read('https://cdn.example/gone')).rejects.toMatchObject({ status: 404 })
  expect(asked).toHaveLength(3)
  expect(await readdir(dir).catch(() => [])).toEqual([])
})

test('the cache keeps within its bound; what was looked at longest ago goes first [SHOP-PICTURES-02]', async () => {
  await mkdir(dir, { recursive: true })
  const { fetch, asked } = host(() => png(3_000))
  const cache = cacheOf(fetch)
  for (const name of ['a', 'b', 'c', 'a', 'd']) await cache.read(`https://cdn.example/${name}`)
  expect(await readdir(dir)).toHaveLength(3)
  await cache.read('https://cdn.example/a')
  expect(asked.map((url) => url.at(-1))).toEqual(['a', 'b', 'c', 'd'])
})

test('many pictures at once wait for each other, and past that are refused with when to come again [SHOP-PICTURES-02]', async () => {
  const gate = Promise.withResolvers<void>()
  let atOnce = 0
  let most = 0
  const cache = cacheOf(async (url, init) => {
    most = Math.max(most, ++atOnce)
    await gate.promise
    atOnce--
    return host(() => png(1)).fetch(url, init)
  })
  const reads = Array.from({ length: 600 }, (_, n) => cache.read(`https://cdn.example/${n}`))
  await expect(Promise.race(reads)).rejects.toMatchObject({ status: 429, code: 'too-many-pictures' })
  gate.resolve()
  const ended = await Promise.allSettled(reads)
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(508)
  expect(most).toBe(8)
})

test.each([
  ['ffd8ffe000104a464946', 'image/jpeg'],
  ['89504e470d0a1a0a', 'image/png'],
  ['474946383961', 'image/gif'],
  ['52494646000000005745425056503820', 'image/webp'],
  ['0000001c6674797061766966', 'image/avif'],
  ['3c737667', null],
  ['3c21444f4354595045', null],
  ['', null],
])('%s is %s by its first bytes', (hex, type) => {
  expect(pictureType(Buffer.from(hex, 'hex'))).toBe(type)
})
