import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Objects } from '../../src/index.ts'

export interface ObjectsContract {
  name: string
  /** An empty store. */
  make: () => Promise<Objects>
  /** Tests that a backend cannot pass, each with why. */
  skip?: { reason: string; tests: string[] }[]
}

/** What every implementation of `Objects` does alike. */
export function runObjectsContract({ name, make, skip = [] }: ObjectsContract): void {
  const skipped = new Map(skip.flatMap(({ reason, tests }) => tests.map((title) => [title, reason])))
  const check = (title: string, run: (objects: Objects) => Promise<void>): void => {
    const reason = skipped.get(title)
    if (reason === undefined) test(title, async () => run(await make()))
    else test.skip(`${title} (${reason})`, () => undefined)
  }

  describe(`objects: ${name}`, () => {
    check('stores text, bytes and streams, and gives back the same', async (objects) => {
      const bytes = randomBytes(1000)
      expect(await objects.put('a/text.txt', 'grüße')).toEqual({ bytes: 7 })
      expect(await objects.put('a/bytes', new Uint8Array(bytes))).toEqual({ bytes: 1000 })
      expect(await objects.put('a/stream', streamOf([bytes.subarray(0, 10), bytes.subarray(10)]))).toEqual({
        bytes: 1000,
      })
      expect((await read(objects, 'a/text.txt'))?.toString()).toBe('grüße')
      expect(await read(objects, 'a/bytes')).toEqual(bytes)
      expect(await read(objects, 'a/stream')).toEqual(bytes)
      expect(await objects.head('a/stream')).toEqual({ bytes: 1000 })
    })

    check('stores nothing as an object of no bytes', async (objects) => {
      expect(await objects.put('empty', '')).toEqual({ bytes: 0 })
      expect(await objects.put('empty-stream', streamOf([]))).toEqual({ bytes: 0 })
      expect(await objects.head('empty')).toEqual({ bytes: 0 })
      expect(await read(objects, 'empty-stream')).toEqual(Buffer.alloc(0))
    })

    check('a missing object is null, and deleting it succeeds', async (objects) => {
      expect(await objects.get('no/such')).toBeNull()
      expect(await objects.head('no/such')).toBeNull()
      await objects.delete('no/such')
      await objects.put('is/here', 'x')
      await objects.delete('is/here')
      expect(await objects.get('is/here')).toBeNull()
      expect(await objects.head('is')).toBeNull()
    })

    check('the last write wins, whole', async (objects) => {
      await objects.put('key', 'a much longer first text')
      await objects.put('key', 'second')
      expect((await read(objects, 'key'))?.toString()).toBe('second')
    })

    check('lists by prefix in byte order', async (objects) => {
      const keys = ['a-b', 'a.b', 'a/b', 'a/c/d', 'a0', 'aB', 'ab', 'b/1', 'b/10', 'b/2', 'B']
      for (const key of keys) await objects.put(key, key)
      expect(await collect(objects.list(''))).toEqual(
        keys.toSorted((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y))),
      )
      expect(await collect(objects.list('a/'))).toEqual(['a/b', 'a/c/d'])
      expect(await collect(objects.list('a/c'))).toEqual(['a/c/d'])
      expect(await collect(objects.list('b/1'))).toEqual(['b/1', 'b/10'])
      expect(await collect(objects.list('nothing'))).toEqual([])
    })

    check('a key may be the beginning of another', async (objects) => {
      for (const key of ['a/b/c', 'a', 'a/b']) await objects.put(key, key)
      expect(await collect(objects.list(''))).toEqual(['a', 'a/b', 'a/b/c'])
      for (const key of ['a', 'a/b', 'a/b/c']) expect((await read(objects, key))?.toString()).toBe(key)
      await objects.delete('a')
      expect(await collect(objects.list('a'))).toEqual(['a/b', 'a/b/c'])
    })

    check('lists more than one page', async (objects) => {
      const keys = Array.from({ length: 1_105 }, (_, i) => `many/${String(i).padStart(5, '0')}`)
      for (let i = 0; i < keys.length; i += 50)
        await Promise.all(keys.slice(i, i + 50).map((key) => objects.put(key, '')))
      expect(await collect(objects.list('many/'))).toEqual(keys)
    })

    check('refuses keys that could leave the store, before reading the body', async (objects) => {
      for (const key of [
        '',
        '/',
        '/a',
        'a/',
        'a//b',
        '.',
        '..',
        'a/../b',
        'a\\b',
        'a b',
        'ä',
        'a\0',
        '~x',
        'x'.repeat(600),
      ]) {
        await expect(objects.put(key, 'x')).rejects.toMatchObject({ code: 'object-key-invalid' })
        await expect(objects.get(key)).rejects.toMatchObject({ code: 'object-key-invalid' })
        await expect(objects.head(key)).rejects.toMatchObject({ code: 'object-key-invalid' })
        await expect(objects.delete(key)).rejects.toMatchObject({ code: 'object-key-invalid' })
      }
      await expect(collect(objects.list('../'))).rejects.toMatchObject({ code: 'object-key-invalid' })
      expect(await collect(objects.list(''))).toEqual([])
    })

    check('streams an object larger than a part', async (objects) => {
      const chunk = randomBytes(1024 * 1024)
      const count = 19
      expect(await objects.put('large', streamOf(Array.from({ length: count }, () => chunk)))).toEqual({
        bytes: count * chunk.byteLength,
      })
      const back = await read(objects, 'large')
      expect(back?.byteLength).toBe(count * chunk.byteLength)
      for (let i = 0; i < count; i++)
        expect(back?.subarray(i * chunk.byteLength, (i + 1) * chunk.byteLength).equals(chunk)).toBe(true)
    })

    check('a reader that stops early harms nothing', async (objects) => {
      const bytes = randomBytes(3 * 1024 * 1024)
      await objects.put('long', bytes)
      const escaped: unknown[] = []
      const guard = (error: unknown) => escaped.push(error)
      // In front of the test runner's own, which would fail the run and not this test.
      const before = process.listeners('uncaughtException')
      process.removeAllListeners('uncaughtException')
      process.on('uncaughtException', guard)
      try {
        for (let round = 0; round < 12; round++) {
          const reader = (await objects.get('long'))?.getReader()
          // Untouched, after some chunks, and with a read still under way.
          for (let chunk = 0; chunk < round % 4; chunk++) await reader?.read()
          const late = round % 2 === 0 ? reader?.read() : undefined
          await reader?.cancel(new Error('enough'))
          await late?.catch(() => undefined)
        }
        for (let round = 0; round < 4; round++) {
          for await (const chunk of (await objects.get('long')) ?? []) {
            expect(chunk.byteLength).toBeGreaterThan(0)
            break
          }
        }
        // What is read behind a cancel would surface now.
        await new Promise((resolve) => setTimeout(resolve, 50))
      } finally {
        process.off('uncaughtException', guard)
        for (const listener of before) process.on('uncaughtException', listener)
      }
      expect(escaped).toEqual([])
      expect(await read(objects, 'long')).toEqual(bytes)
    })

    check('a stream that breaks leaves what was there, and nothing else', async (objects) => {
      await objects.put('kept', 'before')
      const chunk = new Uint8Array(1024 * 1024)
      for (const chunks of [1, 20]) {
        let sent = 0
        const broken = new ReadableStream<Uint8Array>({
          pull(controller) {
            if (sent++ < chunks) controller.enqueue(chunk)
            else controller.error(new Error('the client went away'))
          },
        })
        await expect(objects.put('kept', broken)).rejects.toThrow('the client went away')
      }
      expect((await read(objects, 'kept'))?.toString()).toBe('before')
      expect(await collect(objects.list(''))).toEqual(['kept'])
    })

    check('concurrent writers leave one whole object', async (objects) => {
      const texts = Array.from({ length: 8 }, (_, i) => String(i).repeat(100_000))
      await Promise.all(texts.map((text) => objects.put('contended', text)))
      expect(texts).toContain((await read(objects, 'contended'))?.toString())
    })
  })
}

function streamOf(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new Uint8Array(chunk))
      controller.close()
    },
  })
}

async function read(objects: Objects, key: string): Promise<Buffer | null> {
  const stream = await objects.get(key)
  return stream === null ? null : Buffer.from(await new Response(stream).arrayBuffer())
}

async function collect(keys: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const key of keys) all.push(key)
  return all
}
