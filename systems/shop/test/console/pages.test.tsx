// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import Catalog from '../../console/catalog/catalog.tsx'
import ProductPage from '../../console/catalog/product.tsx'
import Conversation from '../../console/conversations/conversation.tsx'
import Conversations from '../../console/conversations/conversations.tsx'
import Experiment from '../../console/experiment/experiment.tsx'
import ImportPage from '../../console/import/import-report.tsx'
import Merchandising from '../../console/merchandising/merchandising.tsx'
import Imports from '../../console/import/imports.tsx'
import Memory from '../../console/memory/memory.tsx'
import Pills from '../../console/pills/pills.tsx'
import SearchLab from '../../console/search-lab/search-lab.tsx'
import Synonyms from '../../console/synonyms/synonyms.tsx'
import { routeGroups } from '../../src/routes/route-groups.ts'
import type { ShopRoutes } from '../../src/routes/route-groups.ts'

const routes = routesFrom(routeGroups)
let server = fakeServer<ShopRoutes>('/api/shop', routes)
beforeEach(() => {
  server = fakeServer<ShopRoutes>('/api/shop', routes)
})

const pages = [
  ['Catalog', Catalog, '/shop/catalog', '/shop/catalog?text=lamp'],
  ['a product', ProductPage, '/shop/catalog/$productId', '/shop/catalog/p-1'],
  ['Imports', Imports, '/shop/import', '/shop/import'],
  ['Merchandising', Merchandising, '/shop/merchandising', '/shop/merchandising'],
  ['an import', ImportPage, '/shop/import/$importId', '/shop/import/imp-1'],
  ['Search lab', SearchLab, '/shop/search-lab', '/shop/search-lab?query=red+lamp'],
  ['Synonyms', Synonyms, '/shop/synonyms', '/shop/synonyms'],
  ['Conversations', Conversations, '/shop/conversations', '/shop/conversations'],
  ['a conversation', Conversation, '/shop/conversations/$conversationId', '/shop/conversations/c-1'],
  ['Pills', Pills, '/shop/pills', '/shop/pills'],
  ['Memory', Memory, '/shop/memory', '/shop/memory?shopper=s-1'],
  ['Experiment', Experiment, '/shop/experiment', '/shop/experiment'],
] as const

describe.each(pages)('%s', (_name, Page, path, at) => {
  test('shows what its routes answer, and asks for nothing that they refuse', async () => {
    const page = await renderPage(Page, { path, at, servers: [server] })
    expect(await page.findByRole('heading', { level: 1 })).toBeTruthy()
    await expect.poll(() => server.requests.length).toBeGreaterThan(0)
    await expect.poll(() => page.queryAllByText(/^Loading|^Searching|^Counting|^Computing/)).toEqual([])
    expect(server.problems).toEqual([])
  })

  test('says what went wrong', async () => {
    for (const route of routes)
      if (route.response) {
        server.fail(route.method, route.path as never, {
          status: 500,
          code: 'broken',
          message: 'The database is away.',
        })
      }
    const page = await renderPage(Page, { path, at, servers: [server] })
    expect((await page.findAllByText(/The database is away/)).length).toBeGreaterThan(0)
  })
})

test('a store’s synonyms are saved line by line, and a wrong line is said', async () => {
  server.answer('get', '/synonyms', {
    language: { code: 'en', name: 'English' },
    lines: ['rug, carpet'],
    changedAtMs: 1,
    standard: ['kid = child'],
  })
  server.fail('put', '/synonyms', {
    status: 400,
    code: 'synonyms-invalid',
    message: '"alone" names fewer than two words.',
  })
  const page = await renderPage(Synonyms, { at: '/shop/synonyms', servers: [server] })
  const box = await page.findByLabelText('One group a line')
  await page.user.type(box, '\nalone')
  await page.user.click(page.getByRole('button', { name: 'Save' }))
  expect(await page.findByText(/names fewer than two words/)).toBeTruthy()
  expect(server.requests.at(-1)?.body).toEqual({ lines: ['rug, carpet', 'alone'] })
  server.answer('put', '/synonyms', ({ body }) => ({
    language: { code: 'en' as const, name: 'English' },
    lines: (body as { lines: string[] }).lines,
    changedAtMs: 2,
    standard: [],
  }))
  await page.user.clear(box)
  await page.user.type(box, 'sofa = couch')
  await page.user.click(page.getByRole('button', { name: 'Save' }))
  await expect
    .poll(() => server.requests.findLast(({ method }) => method === 'put')?.body)
    .toEqual({ lines: ['sofa = couch'] })
  expect(server.problems).toEqual([])
  expect(await page.findByText('Saved')).toBeTruthy()
})

test('an import that replaces shows what goes, and sends nothing that goes live before the answer', async () => {
  const compared = server.sample('get', '/imports/:importId')
  server.answer('get', '/store', { name: 'Shop', isSample: false, isBeingRead: false, starters: [] })
  server.answer('get', '/imports/:importId', {
    ...compared,
    state: 'done',
    finishedAtMs: 2,
    products: { added: 0, updated: 0, unchanged: 3, removed: 4_990 },
    removedExamples: ['Desk lamp', 'Floor lamp'],
    error: null,
    examples: [],
    columns: [],
  })
  const page = await renderPage(Imports, { at: '/shop/import', servers: [server] })
  await page.user.click(await page.findByLabelText('are removed'))
  const file = new File(['id,title\n1,Lamp'], 'feed.csv', { type: 'text/csv' })
  const input = page.container.querySelector('input[type="file"]')
  await page.user.upload(input as HTMLInputElement, file)
  await page.user.click(await page.findByRole('button', { name: 'Import' }))
  expect(await page.findByText('Desk lamp')).toBeTruthy()
  expect(page.getAllByText(/4,990/).length).toBeGreaterThan(0)
  const sent = () => server.requests.filter(({ method }) => method === 'post').map(({ query }) => query)
  expect(sent()).toEqual([{ name: 'feed.csv', mode: 'replace', preview: 'true' }])
  await page.user.click(page.getByRole('button', { name: 'Remove and import' }))
  await expect.poll(() => sent().at(-1)).toEqual({ name: 'feed.csv', mode: 'replace' })
  expect(server.problems).toEqual([])
})

test('conversations are asked for by words, dates and what became of them', async () => {
  const page = await renderPage(Conversations, { at: '/shop/conversations', servers: [server] })
  await page.user.type(await page.findByLabelText('Words'), 'return')
  await page.user.selectOptions(page.getByLabelText('What became of it'), 'store-unsaid')
  await expect
    .poll(() => server.requests.at(-1)?.query)
    .toMatchObject({ words: 'return', outcome: 'store-unsaid' })
  expect(server.problems).toEqual([])
})
