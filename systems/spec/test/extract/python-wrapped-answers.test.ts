import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const app = `import json
import os
from functools import wraps
from flask import Flask, abort, jsonify, make_response, request

app = Flask(__name__)
OPEN = os.environ.get("OPEN")


def closed(f):
    @wraps(f)
    def decorated(*args, **kwargs):
        if os.path.exists("/closed"):
            return make_response(json.dumps({"error": "The depot is closed."}), 403)
        return f(*args, **kwargs)
    return decorated


def plain(f):
    @wraps(f)
    def wrapper(*args, **kwargs):
        before = f(*args, **kwargs)
        response = make_response(before)
        response.headers["Content-Type"] = "application/json"
        return response
    return wrapper


def signed(f):
    @wraps(f)
    def decorated(*args, **kwargs):
        if OPEN:
            return f(*args, **kwargs)
        if request.headers.get("X-Key") == "depot":
            response = make_response(f(*args, **kwargs))
            response.set_cookie("seen", "1")
            return response
        return abort(401)
    return decorated


def found(row):
    if row == "none":
        return jsonify(error="No row."), 404
    return {"row": row}


@app.put("/wrapped")
@plain
@closed
def wrapped():
    return jsonify(ok=True), 202


@app.put("/signed")
@plain
@signed
@closed
def after_signing():
    return jsonify(ok=True), 202


@app.get("/rows/<row>")
def rows(row):
    return make_response(found(row))
`

test('an answer that is made of another is that one, by each way on which it comes [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({ 'requirements.txt': 'flask==3\n', 'app.py': app })
  const paths = new Map(factsOf(set.facts, 'operation').map(({ id, path }) => [id, path]))
  const told = [...factsOf(set.facts, 'response'), ...factsOf(set.facts, 'error')].map(
    ({ operation, status, condition }) => {
      const rows = condition.map((row) => row.map(({ subject, op }) => `${subject} ${op}`).join(' & '))
      return `${paths.get(operation) ?? ''} ${status}: ${rows.join(' or ')}`
    },
  )
  expect(told.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    '/rows/{row} 200: row !=',
    '/rows/{row} 404: row ==',
    '/signed 202: ',
    '/signed 401: header.X-Key != & os.environ.get("OPEN") absent',
    '/signed 403: header.X-Key == & os.path.exists("/closed") true or os.environ.get("OPEN") present & os.path.exists("/closed") true',
    '/wrapped 202: os.path.exists("/closed") false',
    '/wrapped 403: os.path.exists("/closed") true',
  ])
  // Each closed one shows the line that says so.
  const closed = app.split('\n').findIndex((line) => line.includes('depot is closed')) + 1
  for (const { status, evidence } of factsOf(set.facts, 'error'))
    if (status === 403) expect(evidence.map(({ line }) => line)).toContain(closed)
})
