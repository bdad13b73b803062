import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('several ways to sign in of tsoa refuse as the program does in each of them, and nothing else is asked of it [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'package.json': '{"name":"looms","dependencies":{"tsoa":"6","express":"4"}}',
    'src/app.ts': `import express from 'express'
import { RegisterRoutes } from './generated/routes'
import { Stranger } from './authentication'
const app = express()
RegisterRoutes(app)
app.use((error, req, res, next) => {
  if (error instanceof Stranger) return res.status(error.status).json({ error: error.message })
  if (error instanceof Error) return res.status(500).json({ error: 'Broken' })
  next(error)
})
app.listen(3000)
`,
    'src/authentication.ts': `export class Stranger extends Error { status = 401 }
export async function expressAuthentication(request, securityName, scopes) {
  if (securityName === 'cookie' && request.isAuthenticated()) return request.user
  if (securityName === 'token' && tokens.find(request.headers.authorization)) return {}
  throw new Stranger('Who?')
}
`,
    'src/looms.ts': `import { Controller, Get, Route, Security } from 'tsoa'
@Route('looms')
@Security('cookie')
@Security('token')
export class LoomController extends Controller {
  @Get()
  public async all(): Promise<string[]> { return [] }
}
`,
  })
  const errors = factsOf(set.facts, 'error').map(
    ({ status, grade, message }) => `${status} ${grade} ${message}`,
  )
  expect(errors).toEqual(['401 proved Who?'])
})
