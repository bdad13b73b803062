import { expect, test } from 'vitest'
import { matching } from '../../src/extract/file-routes.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('a matcher of paths is read with its named parts, repetitions and groups [SPEC-PACKS-01]', () => {
  const below = matching('/about/:path*')
  expect(['/about', '/about/us', '/about/us/now', '/abouts'].map((path) => below.test(path))).toEqual([
    true,
    true,
    true,
    false,
  ])
  const others = matching('/((?!api|_next/static).*)')
  expect(['/api/x', '/shop', '/'].map((path) => others.test(path))).toEqual([false, true, true])
  expect(matching('/x/:id(\\d+)').test('/x/12')).toBe(true)
  expect(matching('/x/:id(\\d+)').test('/x/a')).toBe(false)
})

test('pages are named, not read, and no routes are asked for where there are only pages [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"next":"16"}}',
    'app/page.tsx': 'export default function Page() { return null }',
    'app/shop/page.tsx': 'export default function Page() { return null }',
    'app/shop/actions.ts': "'use server'\nexport async function buy() {}\n",
  })
  expect(set.facts.filter(({ kind }) => kind === 'operation')).toEqual([])
  expect(set.frameworks).toEqual([
    {
      name: 'Next.js',
      service: '',
      isRead: true,
      foundIn: 'package.json',
      leftOut: '2 pages, 1 file of server actions',
    },
  ])
  expect(set.questions).toEqual([])
})

test('a framework of its own that routes by files is read by a pack of the repository [SPEC-PACKS-02]', async () => {
  const found = summarize(
    await extractFiles({
      'package.json': '{"dependencies":{"@house/kit":"1"}}',
      'routes/loans/[id=number]/server.ts':
        'export const GET = (call) => ({ id: call.params.id })\nexport const DELETE = () => null\n',
      'routes/test/server.ts': 'export const GET = () => null\n',
      '.heavylift-spec/packs/house.json': JSON.stringify({
        framework: 'House kit',
        language: 'javascript',
        uses: '^@house/kit$',
        files: {
          manifest: '"@house/kit"',
          files: '^routes/(?<path>(?:.*/)?)server\\.ts$',
          closed: '^test$',
          exports: 'methods',
        },
        syntax: 'brackets',
        parameters: ['house:call'],
        inputs: { 'house:call.params': 'path' },
        returns: { status: 200, isBody: true, emptyStatus: 204 },
      }),
    }),
  )
  expect(found.operations).toEqual(['DELETE /loans/{id}', 'GET /loans/{id}'])
  expect(found.statuses).toEqual({ 'DELETE /loans/{id}': [204], 'GET /loans/{id}': [200] })
})

test('an object whose keys are set by names that are not known keeps none of them for sure [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'app.js': `
import express from 'express'
import { flags } from './flags.js'
express().get('/reports', async (req, res) => {
  if (!(await flags()).reports) return res.status(403).end()
  res.json([])
})
`,
      'flags.js': `
import { load } from 'settings-of-others'
export async function flags() {
  const found = { reports: false }
  for (const [name] of Object.entries(await load())) found[name] = true
  return found
}
`,
    }),
  )
  expect(found.statuses).toEqual({ 'GET /reports': [200, 403] })
})
