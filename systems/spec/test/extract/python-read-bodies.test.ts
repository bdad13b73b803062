import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayCondition } from '../../src/requirements/say-condition.ts'
import { extractFiles } from '../packs/fixture.ts'

test('code of Flask that goes on has read a body, which may be empty but not missing [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `from flask import Flask, request, abort, jsonify
app = Flask(__name__)
@app.post("/boats")
def boats():
    form = request.json
    if not form:
        abort(409)
    if not form.get("name"):
        abort(422)
    return jsonify({})
@app.post("/crews")
def crews():
    form = request.get_json(silent=True)
    if not form:
        abort(409)
    return jsonify({})
`,
  })
  const ids = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  expect(
    factsOf(set.facts, 'error')
      .map((one) => `${ids.get(one.operation)} ${one.status} ${one.grade} ${sayCondition(one.condition)}`)
      .toSorted(),
  ).toMatchInlineSnapshot(`
    [
      "/boats 400 framework the body can not be read",
      "/boats 409 proved the body is empty",
      "/boats 422 proved the body is not empty and the body’s field name is missing",
      "/crews 409 proved the body is missing",
    ]
  `)
})
