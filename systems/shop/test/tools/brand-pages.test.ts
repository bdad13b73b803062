import { silentLogger } from '@heavylift/core'
import { OutboundError, type SafeFetch } from '@heavylift/core/safe-fetch'
import { expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import { createBrandPages } from '../../src/tools/brand-pages.ts'

let nowMs = 0
const clock = { nowMs: () => nowMs, monotonicMs: () => nowMs }
const boots: Product = {
  id: 'boots',
  title: 'Swift boots',
  brand: 'Swift',
  description: '',
  categories: [],
  attributes: {},
  variants: [],
  images: [],
  url: null,
  services: [],
  rating: null,
}

function answering(html: string, status = 200): { fetch: SafeFetch; asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    fetch: async (url) => {
      asked.push(url)
      return {
        url,
        status,
        headers: new Headers(),
        contentType: 'text/html',
        body: new TextEncoder().encode(html),
        text: () => html,
      }
    },
  }
}

test('reads the brand’s page as sentences, without scripts, menus and tags', async () => {
  const html = `<html><head><title>Swift</title><script>buy()</script></head><body><nav>Home</nav>
    <h2>Care</h2><p>Wash by hand &amp; dry in the shade. Do not tumble dry.</p></body></html>`
  const { fetch } = answering(html)
  const pages = createBrandPages({ clock, log: silentLogger }, { Swift: 'https://swift.example/care' }, fetch)
  const page = await pages.read(boots)
  expect(page?.url).toBe('https://swift.example/care')
  expect(page?.sentences.map((sentence) => sentence.trim())).toEqual([
    'Swift.',
    'Care.',
    'Wash by hand & dry in the shade.',
    'Do not tumble dry.',
  ])
})

test('asks once an hour, for brands that are configured only', async () => {
  const { fetch, asked } = answering('<p>Hello.</p>')
  const pages = createBrandPages({ clock, log: silentLogger }, { swift: 'https://swift.example/' }, fetch)
  await Promise.all([pages.read(boots), pages.read(boots)])
  expect(await pages.read({ ...boots, brand: 'Other' })).toBeNull()
  expect(await pages.read({ ...boots, brand: null })).toBeNull()
  expect(asked).toHaveLength(1)
  nowMs += 60 * 60 * 1000
  await pages.read(boots)
  expect(asked).toHaveLength(2)
})

test('a page that fails is no page, and is not asked for again at once', async () => {
  let calls = 0
  const failing: SafeFetch = async () => {
    calls++
    throw new OutboundError('outbound-address-refused', 'private')
  }
  const pages = createBrandPages({ clock, log: silentLogger }, { swift: 'http://10.0.0.1/' }, failing)
  expect(await pages.read(boots)).toBeNull()
  expect(await pages.read(boots)).toBeNull()
  expect(calls).toBe(1)
  nowMs += 5 * 60 * 1000
  await pages.read(boots)
  expect(calls).toBe(2)
  const missing = createBrandPages(
    { clock, log: silentLogger },
    { swift: 'https://swift.example/' },
    answering('', 404).fetch,
  )
  expect(await missing.read(boots)).toBeNull()
})
