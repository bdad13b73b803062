import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what an item was put into is there from then on [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `from flask import Flask, abort, request
from store import find_document
app = Flask(__name__)

class Yacht:
    def __init__(self, name):
        self.name = name
        self.data = find_document(name)

    def paint(self, colour):
        self.data["colour"] = colour
        return self.data

@app.put("/yachts/<name>")
def yacht(name):
    data = None
    if request.args.get("colour"):
        data = Yacht(name).paint(request.args.get("colour"))
    if not data:
        abort(400)
    return {}
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  expect(factsOf(set.facts, 'error').map((one) => sayFact(one, titles.get(one.operation) ?? ''))).toEqual([
    'IF, for PUT /yachts/{name}, the query parameter colour is missing, THEN the service SHALL answer 400.',
  ])
})
