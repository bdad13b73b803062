import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

test('lists of routes of Tornado that only the running program puts together are told below what is not known [SPEC-PACKS-01]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'tornado\n',
    'jars.py': `
from tornado import web

class JarHandler(web.RequestHandler):
    def get(self, name):
        if name == 'old':
            raise web.HTTPError(410, 'gone')
        self.write({'name': name})

class LidHandler(web.RequestHandler):
    def put(self):
        self.set_status(204)

class Shelf:
    pass

jar_handlers = [(r'/api/jars/([^/]+)', JarHandler), (r'/lids', LidHandler)]
shelves = [('/shelf', Shelf)]
`,
    'all.py': `
import jars

handlers = []
handlers.extend(jars.jar_handlers)
`,
    'app.py': `
from tornado import web
from all import handlers
from jars import LidHandler

class Shop:
    def start(self):
        self.app = web.Application(self.below(self.settings.prefix, handlers))

small = web.Application([(r'/lids', LidHandler)])
`,
  })
  expect(
    factsOf(set.facts, 'operation')
      .map((one) => `${one.grade} ${operationTitle(one)}`)
      .toSorted(),
  ).toEqual(['declared GET …/api/jars/{name}', 'proved PUT /lids'])
  expect(factsOf(set.facts, 'error').map(({ grade, status }) => `${grade} ${status}`)).toEqual([
    'declared 410',
  ])
})

test('what a handler of Tornado writes has the status that is set after it [SPEC-PACKS-01]', async () => {
  const found = summarize(
    await extractFiles({
      'requirements.txt': 'tornado\n',
      'app.py': `
from tornado import web

class LidHandler(web.RequestHandler):
    def post(self):
        self.write({'made': True})
        self.set_status(201)

    def put(self):
        if self.get_argument('old', None):
            self.write({'gone': True})
            self.set_status(410)
            return
        self.write({'kept': True})

app = web.Application([(r'/lids', LidHandler)])
`,
    }),
  )
  expect(found.statuses).toEqual({ 'POST /lids': [201], 'PUT /lids': [200, 410] })
})
