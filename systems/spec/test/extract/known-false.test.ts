import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('what is known to be false after other questions changes nothing of when one of them holds [SPEC-EXTRACT-10]', async () => {
  const found = await printedAnswers({
    'package.json': '{"dependencies":{"hono":"4.0.0"}}',
    'app.ts': `
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
const app = new Hono()
const may = (badge, wanted) =>
  wanted.some(
    (one) =>
      badge.rights.includes(one) ||
      badge.rights.includes(one.replace(/:[^:]+$/, '')) ||
      (['pour:ale'].includes(one) && badge.rights.includes('pour')),
  )
const needs = (wanted) => createMiddleware(async (c, next) => {
  if (!may(c.get('badge'), wanted)) return c.json({ error: 'no right' }, 403)
  await next()
})
app.get('/kegs', needs(['tap:kegs']), (c) => c.json([]))
export default app
`,
  })
  expect(found['/kegs']?.map((one) => one.replaceAll(/#\d+/g, ''))).toEqual([
    '403 no right where !‹may("tap:kegs")›',
    '200',
  ])
})
