import { expect, test } from 'vitest'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

test.each(['default_exceptions', 'default_exceptions.keys()'])(
  'one handler of Flask may be put on all statuses that Werkzeug knows: %s [SPEC-EXTRACT-04]',
  async (all) => {
    const { set } = await extractFiles({
      'requirements.txt': 'flask\n',
      'app.py': `
from flask import Flask, abort, jsonify, request
from werkzeug.exceptions import default_exceptions

app = Flask(__name__)


def refuse(error):
    return jsonify(problem='refused'), error.code


for code in ${all}:
    app.register_error_handler(code, refuse)


@app.errorhandler(Exception)
def broken(error):
    return jsonify(problem='broken'), 500


@app.get('/berths/<int:pier>')
def berths(pier):
    if pier == 13:
        abort(404)
    return jsonify([])
`,
    })
    expect(
      set.facts.flatMap((one) =>
        one.kind === 'error' && one.status === 404 ? [sayFact(one, 'GET /berths/{pier}')] : [],
      ),
    ).toEqual([
      'IF, for GET /berths/{pier}, `pier` is 13, THEN the service SHALL answer 404 with problem (string, required) and say "refused".',
    ])
  },
)
