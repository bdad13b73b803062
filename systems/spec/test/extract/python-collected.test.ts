import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles, summarize } from '../packs/fixture.ts'

const files = {
  'requirements.txt': 'flask\n',
  'app.py': `
from flask import Flask, abort, jsonify, request
from store import find, shelves

app = Flask(__name__)

def wrong_in(data):
    errors = {}
    if not data.get('title'):
        errors['title'] = 'missing'
    if data.get('pages') == 'none':
        errors['pages'] = 'no number'
    return errors

@app.post('/books')
def add():
    errors = wrong_in(request.get_json())
    if errors:
        return jsonify(errors), 400
    return {}, 201

@app.get('/books')
def books():
    unknown = []
    for name in request.args.getlist('name'):
        if not find(name):
            unknown.append(name)
    if unknown:
        abort(404)
    return {}

@app.get('/shelves')
def all_shelves():
    out = []
    for one in shelves():
        out.append(one)
    if not out:
        abort(404)
    return jsonify(out)

@app.get('/search')
def search():
    bad = []
    if request.args.get('q') is None:
        bad.append('q')
    if len(bad) > 0:
        abort(422)
    return {}

@app.get('/head')
def head():
    parts = []
    parts.append('head')
    if parts:
        return {}
    abort(500)
`,
}

test('what is put into a list or a dictionary of Python in branches is there when they are taken, so that errors which are collected are told with what each asks [SPEC-EXTRACT-06]', async () => {
  const extraction = await extractFiles(files)
  expect(summarize(extraction).statuses).toEqual({
    'GET /books': [200, 404],
    'GET /head': [200],
    'GET /search': [200, 422],
    'GET /shelves': [200, 404],
    'POST /books': [201, 400],
  })
  expect(
    factsOf(extraction.set.facts, 'error').filter(({ condition }) =>
      condition.some((row) => row.length === 0),
    ),
  ).toEqual([])
  const asked = JSON.stringify(factsOf(extraction.set.facts, 'error').map(({ condition }) => condition))
  for (const subject of ['body.title', 'body.pages', 'query.q', 'find(query.name[])'])
    expect(asked).toContain(subject)
})
