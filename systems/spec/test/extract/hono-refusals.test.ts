import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what middleware of Hono that code calls refuses with has its status in the handler of errors [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"dependencies":{"hono":"4"}}',
    'src/index.ts': `import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { jwt } from 'hono/jwt'
const signedIn = createMiddleware(async (c, next) => jwt({ secret: c.env.SECRET })(c, next))
const app = new Hono()
app.use('/kilns/*', signedIn)
app.get('/kilns/hot', (c) => c.json([]))
app.onError((error, c) => {
  if (error instanceof HTTPException) return c.json({ error: error.message }, error.status)
  return c.json({ error: 'Broken' }, 500)
})
export default app
`,
  })
  expect(factsOf(set.facts, 'error').map(({ status }) => status)).toEqual([401])
})
