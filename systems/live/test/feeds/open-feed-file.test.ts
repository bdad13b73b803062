import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openFeedFile, peekFeed, unzipped } from '../../src/feeds/open-feed-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feed-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(name: string, bytes: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), bytes)
  return join(folder, name)
}

async function text(source: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const rows = Array.from({ length: 30_000 }, (_, i) => `${i},row\n`).join('')

it('reads plain and gzipped files alike, whatever they are called [LIVE-FEEDS-01]', async () => {
  expect(await text(openFeedFile(await write('a.csv', rows)))).toBe(rows)
  expect(await text(openFeedFile(await write('b.csv', gzipSync(rows))))).toBe(rows)
  expect(await text(openFeedFile(await write('empty', '')))).toBe('')
})

it('unzips what is sent gzipped, in any chunks, and says when it is cut off [LIVE-FEEDS-26]', async () => {
  const sent = (bytes: Uint8Array, size: number) =>
    (async function* () {
      for (let at = 0; at < bytes.length; at += size)
        yield await Promise.resolve(bytes.subarray(at, at + size))
    })()
  for (const size of [1, 1000]) {
    const short = size === 1 ? rows.slice(0, 5000) : rows
    expect(await text(unzipped(sent(gzipSync(short), size)))).toBe(short)
    expect(await text(unzipped(sent(Buffer.from(short), size)))).toBe(short)
  }
  expect(await text(unzipped(sent(Buffer.from(''), 10)))).toBe('')
  await expect(text(unzipped(sent(gzipSync(rows).subarray(0, 2000), 100)))).rejects.toMatchObject({
    code: 'feed-gzip-broken',
  })
})

it('names the file and the fault when gzip is cut off or the file is missing', async () => {
  const cut = await write('cut.gz', gzipSync(rows).subarray(0, 2000))
  await expect(text(openFeedFile(cut))).rejects.toMatchObject({ code: 'feed-file-unreadable' })
  await expect(text(openFeedFile(join(folder, 'none.csv')))).rejects.toThrow(/none\.csv.*ENOENT/)
})

it('shows the beginning of a feed and still gives all of it', async () => {
  const { head, whole } = await peekFeed(openFeedFile(await write('c.csv', rows)))
  expect(head.length).toBe(65_536)
  expect(await text(whole)).toBe(rows)
})
