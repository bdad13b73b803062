import type { SafeFetch } from '@heavylift/core/safe-fetch'
import type { ThreadPool } from '@heavylift/core/threads'
import type { PageInput } from '../crawl/read-page.ts'
import { Robots } from '../crawl/robots.ts'
import { described, objectOf } from './described.ts'
import { failedBy } from './failed.ts'
import type { CallContext, ToolOutcome, ToolSource } from './tool.ts'

const mostBytes = 2 * 1024 * 1024
const types = [
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'text/markdown',
  'application/json',
  'application/xml',
  'text/xml',
  '',
]

const tools = described([
  {
    name: 'page',
    title: 'Read a page of the web',
    description:
      'Reads a public page and gives its main text and links. It keeps to what the site allows (robots.txt) and asks it for a page a second at most.',
    input: objectOf(
      { url: { type: 'string', format: 'uri', maxLength: 2_000, description: 'The page’s address.' } },
      ['url'],
    ),
    output: {
      type: 'object',
      required: ['url', 'status', 'title', 'text', 'links'],
      properties: {
        url: { type: 'string', description: 'After redirects.' },
        status: { type: 'integer' },
        title: { type: 'string' },
        text: { type: 'string' },
        byline: { type: ['string', 'null'] },
        publishedAt: { type: ['string', 'null'] },
        language: { type: ['string', 'null'] },
        links: {
          type: 'array',
          items: objectOf({ url: { type: 'string' }, text: { type: 'string' } }, ['url', 'text']),
        },
      },
    },
    effect: 'none',
    takesKey: true,
  },
])

/** The source `crawl`: public pages, read politely. Redirects are checked as addresses are; a site that forbids where one leads is not read. */
export function crawlSource(fetch: SafeFetch, pool: ThreadPool): ToolSource {
  const robots = new Robots(fetch)
  const read = async (url: URL, { tenantId, signal }: CallContext): Promise<unknown> => {
    await robots.check(url, signal)
    await robots.takeTurn(url, signal)
    const answer = await fetch(url.href, {
      contentTypes: types,
      headers: { accept: 'text/html, text/plain;q=0.8, */*;q=0.1' },
      maxBytes: mostBytes,
      signal,
    })
    const landed = new URL(answer.url)
    if (landed.href !== url.href) await robots.check(landed, signal)
    const about = { url: landed.href, status: answer.status }
    const text = answer.text()
    if (!/html/.test(answer.contentType) && !/^\s*<(!doctype html|html)/i.test(text))
      return { ...about, title: '', text, byline: null, publishedAt: null, language: null, links: [] }
    const input: PageInput = { url: landed.href, html: text }
    const task = { module: new URL('../crawl/read-page.ts', import.meta.url).href, export: 'readPage' }
    const parts: Uint8Array[] = []
    for await (const part of await pool.run({ tenantId, task, input, signal })) parts.push(part)
    return { ...about, ...(JSON.parse(Buffer.concat(parts).toString('utf8')) as object) }
  }
  return {
    name: 'crawl',
    list: () => Promise.resolve(tools),
    async call({ args }, context): Promise<ToolOutcome> {
      const url = URL.parse(String(args['url']))
      if (url === null || !/^https?:$/.test(url.protocol))
        return {
          state: 'failed',
          code: 'address-wrong',
          message: 'The address of a page begins with https:// or http://.',
          isRetryable: false,
        }
      try {
        return { state: 'done', value: await read(url, context) }
      } catch (error) {
        return failedBy(error)
      }
    },
  }
}
