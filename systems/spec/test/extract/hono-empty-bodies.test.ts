import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('a body of Hono is required where no body does not fit: what checks it is given an object without fields [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"hono":"4","zod":"3","@hono/zod-validator":"0.4"}}',
    'app.ts': `
import { Hono } from 'hono'
import { z } from 'zod'
import { zValidator } from '@hono/zod-validator'
const app = new Hono()
app.post('/moor', zValidator('json', z.object({ days: z.number().optional() })), (c) => c.json(c.req.valid('json')))
app.post('/sail', zValidator('json', z.object({ days: z.number() })), (c) => c.json(c.req.valid('json')))
app.post('/row', async (c) => c.json(z.object({ days: z.number().optional() }).parse(await c.req.json())))
export default app
`,
  })
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  expect(
    Object.fromEntries(
      factsOf(set.facts, 'body').map(({ operation, isRequired }) => [paths.get(operation), isRequired]),
    ),
  ).toEqual({ '/moor': false, '/sail': true, '/row': true })
})
