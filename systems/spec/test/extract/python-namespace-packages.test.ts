import { expect, test } from 'vitest'
import { extractFiles } from '../packs/fixture.ts'

const parts = `
from aiohttp import web

async def berths(request):
    return web.json_response([])

def make_app():
    made = web.Application()
    made.router.add_get('/berths', berths)
    return made
`

const server = `
from aiohttp import web
import harbour.api.v2

def main():
    application = web.Application()
    application.add_subapp('/api/v2', harbour.api.v2.make_app())
    web.run_app(application)

main()
`

test.each([
  ['below one that has it', { 'harbour/__init__.py': 'name = "harbour"\n' }],
  ['below one that has none', {}],
])(
  'a folder without `__init__.py` is a package too, %s [SPEC-EXTRACT-04]',
  async (_, more: Record<string, string>) => {
    const { set } = await extractFiles({
      'requirements.txt': 'aiohttp\n',
      'server.py': server,
      'harbour/api/v2/__init__.py': parts,
      ...more,
    })
    expect(set.facts.flatMap((one) => (one.kind === 'operation' ? [one.path] : []))).toEqual([
      '/api/v2/berths',
    ])
  },
)
