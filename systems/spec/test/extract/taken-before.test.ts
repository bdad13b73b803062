import { expect, test } from 'vitest'
import { operationTitle, sayFact } from '../../src/requirements/say-fact.ts'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('what a handler of errors takes is not what one before it takes, where that may be one of its own [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\nsealing\n',
    'app.py': `from flask import Flask, jsonify, request
from sealing import seals

app = Flask(__name__)

@app.get('/crates')
def crates():
    try:
        crate = seals.open(request.args['seal'])
    except seals.StaleSeal:
        return jsonify(error='stale'), 410
    except seals.SealError:
        return jsonify(error='broken'), 400
    return jsonify(crate)

@app.get('/lids')
def lids():
    try:
        size = int(request.args['size'])
    except TypeError:
        return jsonify(error='none'), 410
    except ValueError:
        return jsonify(error='no number'), 400
    return jsonify(size)
`,
  })
  const titles = new Map(factsOf(set.facts, 'operation').map((one) => [one.id, operationTitle(one)]))
  const said = factsOf(set.facts, 'error')
    .map((one) => sayFact(one, titles.get(one.operation) ?? ''))
    .filter((one) => one.includes('fail'))
  expect(said.toSorted()).toEqual([
    'IF, for GET /crates, `seals.open(request.args["seal"])` fails with `seals.SealError` and `seals.open(request.args["seal"])` does not fail with `seals.StaleSeal`, THEN the service SHALL answer 400 with error (string, required) and say "broken".',
    'IF, for GET /crates, `seals.open(request.args["seal"])` fails with `seals.StaleSeal`, THEN the service SHALL answer 410 with error (string, required) and say "stale".',
    'IF, for GET /lids, `int(request.args["size"])` fails with `TypeError`, THEN the service SHALL answer 410 with error (string, required) and say "none".',
    'IF, for GET /lids, `int(request.args["size"])` fails with `ValueError`, THEN the service SHALL answer 400 with error (string, required) and say "no number".',
  ])
})
