import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

async function answersOf(files: Record<string, string>) {
  const { set } = await extractFiles(files)
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  return [...factsOf(set.facts, 'error'), ...factsOf(set.facts, 'response')]
    .map((one) => `${one.grade}: ${sayFact(one, titles.get(one.operation) ?? '')}`)
    .toSorted()
}

test('a list of Python that some branch fills may be empty after it [SPEC-EXTRACT-06]', async () => {
  const said = await answersOf({
    'requirements.txt': 'flask==3.0.0\n',
    'app.py': `
from flask import Flask, request, abort
from kiln import fetch, inspect
app = Flask(__name__)

def loaded(name):
    pots = []
    pot = fetch(name)
    if pot:
        pots.append(pot)
        return pots
    return pots

@app.get("/pots/<name>")
def pots(name):
    found = loaded(name)
    if not found:
        abort(404, "No such pot")
    return {"found": found}

@app.post("/lids")
def lids():
    data = request.get_json()
    wrong = []
    if not data.get("knob"):
        wrong.append("knob")
    if data.get("size") is None:
        wrong.append("size")
    if wrong:
        return {"wrong": wrong}, 400
    return {}, 201

@app.get("/doors")
def doors():
    doors = []
    for one in fetch("doors"):
        if one.open:
            doors.append(one)
    if len(doors) == 0:
        abort(404, "No door")
    return {"doors": 1}

@app.post("/bricks")
def bricks():
    data = request.get_json()
    flaws = []
    if not data.get("clay"):
        flaws.append(1)
    inspect(data, flaws)
    if flaws:
        return {"flaws": flaws}, 400
    return {}, 201

@app.get("/shelves")
def shelves():
    shelves = []
    shelves.append(fetch("shelf"))
    if not shelves:
        abort(404, "No shelf")
    return {"shelves": 1}
`,
  })
  expect(said).toEqual([
    'proved: IF, for GET /doors, `doors` is empty, THEN the service SHALL answer 404 and say "No door".',
    'proved: IF, for GET /pots/{name}, `fetch(name)` is missing, THEN the service SHALL answer 404 and say "No such pot".',
    'proved: IF, for POST /bricks, the body can not be read, or `flaws` is there, THEN the service SHALL answer 400 with flaws (a list of number, required).',
    'proved: IF, for POST /lids, the body can not be read, or the body’s field knob is missing, or the body’s field size is missing, THEN the service SHALL answer 400 with wrong (a list of string, required).',
    'proved: WHEN a client sends GET /doors, the service SHALL answer 200 with doors (number, required, exactly 1).',
    'proved: WHEN a client sends GET /pots/{name}, the service SHALL answer 200 with found (a list, required).',
    'proved: WHEN a client sends GET /shelves, the service SHALL answer 200 with shelves (number, required, exactly 1).',
    'proved: WHEN a client sends POST /bricks and `flaws` is missing, the service SHALL answer 201 with an object.',
    'proved: WHEN a client sends POST /lids and the body’s field knob is there and the body’s field size is there, the service SHALL answer 201 with an object.',
  ])
})
