import { expect, test } from 'vitest'
import { saidErrors } from './said-errors.ts'

test('what a handler of Hono asks for without a name is all of it: a query, parts of the path, headers [SPEC-EXTRACT-06]', async () => {
  expect(
    await saidErrors({
      'package.json': '{"dependencies":{"hono":"4.6.0"}}',
      'app.js': `
import { Hono } from 'hono'
const app = new Hono()
app.get('/boats/:id', (c) => {
  const { sort } = c.req.query()
  const { id } = c.req.param()
  if (sort === 'no') return c.text('no', 409)
  if (id === '0') return c.text('none', 404)
  if (!c.req.header()['x-key']) return c.text('key', 401)
  return c.text('ok')
})
export default app
`,
    }),
  ).toEqual(
    [
      'IF, for GET /boats/{id}, the query parameter sort is "no", THEN the service SHALL answer 409 with string and say "no".',
      'IF, for GET /boats/{id}, the path parameter id is "0" and the query parameter sort is not "no", THEN the service SHALL answer 404 with string and say "none".',
      'IF, for GET /boats/{id}, the header x-key is missing and the path parameter id is not "0" and the query parameter sort is not "no", THEN the service SHALL answer 401 with string and say "key".',
    ].toSorted(),
  )
})
