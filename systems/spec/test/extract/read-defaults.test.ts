import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('of reads of one part of a request that give different things where it is left out none is its default [SPEC-EXTRACT-04]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\n',
    'app.py': `from flask import Flask, request, jsonify

app = Flask(__name__)

@app.get('/buoys')
def buoys():
    if len(request.args.get('color', '')) > 20:
        return jsonify(error='too long'), 400
    color = request.args.get('color')
    size = request.args.get('size', 'small')
    return jsonify(color=color, size=size, again=request.args.get('size', 'small'))
`,
  })
  expect(
    factsOf(set.facts, 'parameter').map((one) => [one.name, 'default' in one ? one.default : null]),
  ).toEqual([
    ['color', null],
    ['size', '"small"'],
  ])
})
