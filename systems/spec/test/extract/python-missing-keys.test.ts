import { expect, test } from 'vitest'
import { sayFact, operationTitle } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

async function answersOf(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return factsOf(set.facts, 'error')
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .filter((one) => !one.includes('can not be read'))
    .toSorted()
}

test('a missing part of a request is told where code takes it by its name and catches that it is not there [SPEC-EXTRACT-06]', async () => {
  const said = await answersOf({
    'requirements.txt': 'flask==3.0.0\n',
    'app.py': `
from flask import Flask, request
from kiln import weigh
app = Flask(__name__)

@app.post("/pots")
def pots():
    data = request.get_json()
    try:
        glaze = data["glaze"].strip()
        size = data["size"]
    except KeyError:
        return {"error": "Glaze and size"}, 400
    return {"glaze": glaze, "size": size}

@app.post("/lids")
def lids():
    try:
        weight = weigh(request.json["lid"])
    except KeyError:
        return {"error": "Which lid?"}, 400
    return {"weight": weight}

@app.get("/doors")
def doors():
    try:
        scheme, token = request.headers["Authorization"].split(" ")
    except KeyError:
        return {"error": "Who?"}, 401
    return {}
`,
  })
  expect(said).toEqual([
    'IF, for GET /doors, the header Authorization is missing, THEN the service SHALL answer 401 with error (string, required) and say "Who?".',
    'IF, for POST /lids, `weigh(request.json["lid"])` fails with `KeyError`, THEN the service SHALL answer 400 with error (string, required) and say "Which lid?".',
    'IF, for POST /pots, the body’s field glaze is missing, or the body’s field size is missing, THEN the service SHALL answer 400 with error (string, required) and say "Glaze and size".',
  ])
})

test('what a container of dependency_injector provides is of the type of its parameter [SPEC-EXTRACT-05]', async () => {
  const said = await answersOf({
    'requirements.txt': 'flask==3.0.0\ndependency-injector\n',
    'works.py': `
class NoPot(Exception):
    pass

class Works:
    def find(self, id):
        pot = self.shelf.query(id).first()
        if not pot:
            raise NoPot(f"No pot {id}")
        return pot
`,
    'box.py': `
from dependency_injector import containers, providers
from works import Works
class Box(containers.DeclarativeContainer):
    works = providers.Factory(Works)
`,
    'app.py': `
from dependency_injector.wiring import Provide, inject
from flask import Flask, jsonify
from box import Box
from works import NoPot, Works
app = Flask(__name__)

@app.errorhandler(NoPot)
def no_pot(error):
    return jsonify(error=str(error)), 404

@app.get("/pots/<int:id>")
@inject
def pot(id: int, works: Works = Provide[Box.works]):
    return jsonify(works.find(id).name)
`,
  })
  expect(said).toEqual([
    'IF, for GET /pots/{id}, `self.shelf.query(id).first()` is missing, THEN the service SHALL answer 404 with error (string, required) and say "No pot …".',
  ])
})
