import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const app = (made: string, option = '') => ({
  'requirements.txt': 'litestar\n',
  'app.py': `
from litestar import Litestar, get, post
from litestar.exceptions import NotAuthorizedException
from litestar.security.jwt import JWTAuth, JWTCookieAuth, Token
from depot import berths

async def find_member(token: Token, connection):
    member = await berths.member(token.sub)
    if member.is_barred:
        raise NotAuthorizedException(detail='Barred.')
    return member

@get('/berths')
async def all_berths() -> list[str]:
    return []

@post('/sign-in'${option})
async def sign_in() -> None:
    return None

auth = ${made}
app = Litestar(route_handlers=[all_berths, sign_in], on_app_init=[auth.on_app_init])
`,
})

test.each([
  [
    'by an option of its handler',
    'JWTAuth[dict](retrieve_user_handler=find_member)',
    ', exclude_from_auth=True',
  ],
  ['by its path', "JWTAuth(retrieve_user_handler=find_member, exclude=['^/sign', '/docs'])", ''],
  [
    'by an option of a name of its own',
    "JWTAuth(retrieve_user_handler=find_member, exclude_opt_key='is_open')",
    ', opt={"is_open": True}',
  ],
])(
  'Litestar: a backend of security that the program is configured by refuses who is not signed in, but for what it leaves out %s [SPEC-PACKS-01]',
  async (_, made, option) => {
    const found = await extractFiles(app(made, option))
    const operations = factsOf(found.set.facts, 'operation')
    const guards = factsOf(found.set.facts, 'guard').map(({ operation, status, credentials }) => [
      operations.find(({ id }) => id === operation)?.path,
      status,
      credentials.map(({ in: place, name }) => `${place} ${name}`),
    ])
    expect(guards).toEqual([['/berths', 401, ['header authorization']]])
    expect(factsOf(found.set.facts, 'error').map(({ message }) => message)).toContain('Barred.')
  },
)

test('Litestar: a backend of cookies is shown a cookie too [SPEC-PACKS-01]', async () => {
  const found = await extractFiles(app('JWTCookieAuth(retrieve_user_handler=find_member)'))
  const places = factsOf(found.set.facts, 'guard').map(({ credentials }) => credentials.map((one) => one.in))
  expect(places).toEqual([
    ['cookie', 'header'],
    ['cookie', 'header'],
  ])
  expect(summarize(found).operations).toEqual(['GET /berths', 'POST /sign-in'])
})

test('Litestar: of a backend that is only known by its type nothing is told [SPEC-PACKS-01]', async () => {
  const files = app('Desk().auth')
  const found = await extractFiles({
    ...files,
    'app.py': files['app.py'].replace(
      'auth = ',
      "class Desk:\n    auth: JWTAuth\n    def __init__(self):\n        object.__setattr__(self, 'auth', made())\n\nauth = ",
    ),
  })
  expect(factsOf(found.set.facts, 'guard')).toEqual([])
})
