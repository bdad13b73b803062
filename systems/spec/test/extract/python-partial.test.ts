import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle } from '../../src/requirements/say-fact.ts'
import { sayCondition } from '../../src/requirements/say-condition.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what functools.partial made is called with what it was made with: to route, to answer, and with another value by a name [SPEC-EXTRACT-02]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `
import functools
from functools import partial
from flask import Flask, Blueprint, jsonify, abort
from berths import berth, crews
api = Blueprint("api", __name__)
def found(status, thing, text="none"):
    if thing is None:
        abort(status, text)
    return thing
missing = partial(found, 404)
gone = functools.partial(found, 410, text="gone")
@api.route("/berths/<int:number>")
def one(number):
    return jsonify(missing(berth(number), text="no berth"))
@api.route("/berths/<int:number>/crew")
def crew(number):
    return jsonify(gone(crews(number)))
class Server:
    def run(self, others):
        app = Flask(__name__)
        puts = [functools.partial(app.register_blueprint, api, url_prefix="/api")]
        puts += others
        for put in puts:
            put()
        app.run()
Server().run([])
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(
    factsOf(set.facts, 'error')
      .map(({ operation, status, message, condition }) =>
        [titles.get(operation), status, message, sayCondition(condition)].join(' '),
      )
      .toSorted(),
  ).toMatchInlineSnapshot(`
    [
      "GET /api/berths/{number} 404 no berth \`berth(number)\` is missing",
      "GET /api/berths/{number}/crew 410 gone \`crews(number)\` is missing",
    ]
  `)
})
