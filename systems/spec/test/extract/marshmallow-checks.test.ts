import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { sayFact } from '../../src/requirements/say-fact.ts'
import { extractFiles } from '../packs/fixture.ts'

const schemas = `
from marshmallow import Schema, ValidationError, fields, post_load, validates, validates_schema
from depot.models import Tug

def is_short(value):
    if len(value) > 40:
        raise ValidationError('Too long.')

class Named(Schema):
    @validates('tug')
    def known_tug(self, value, **kwargs):
        if not Tug.find(value):
            raise ValidationError('No such tug.')

class BerthSchema(Named):
    tug = fields.Integer(required=True)
    note = fields.String(validate=[is_short])
    start = fields.Integer()
    end = fields.Integer()

    @validates_schema
    def in_order(self, data, **kwargs):
        if data['end'] < data['start']:
            raise ValidationError('Ends before it starts.')

    @post_load
    def checked(self, data, **kwargs):
        return data
`
const errorsOf = async (app: string) => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\nmarshmallow\nwebargs\n',
    'depot/models.py': 'class Tug:\n    pass\n',
    'depot/schemas.py': schemas,
    'depot/app.py': app,
  })
  return factsOf(set.facts, 'error')
    .map((fact) => sayFact(fact, 'POST /berths'))
    .toSorted()
}

test('what code of a schema of Marshmallow’s refuses is told where the schema loads a request, and answered as its errors are [SPEC-EXTRACT-07]', async () => {
  const said = await errorsOf(`
from flask import Flask, jsonify, request
from marshmallow import ValidationError
from depot.schemas import BerthSchema
app = Flask(__name__)
@app.post('/berths')
def add():
    try:
        data = BerthSchema().load(request.get_json())
    except ValidationError as error:
        return jsonify(error.messages), 409
    return jsonify(data), 201
`)
  expect(said).toEqual(
    expect.arrayContaining([
      'IF, for POST /berths, `Tug.find(body.tug)` is missing and the body’s field tug is there, THEN the service SHALL answer 409.',
      'IF, for POST /berths, `body.end < body.start` holds, THEN the service SHALL answer 409.',
    ]),
  )
  // What a field is checked by is at least asked.
  expect(said.filter((one) => one.includes('field note'))).toHaveLength(1)
})

test('what code of a schema refuses that a decorator of webargs loads is answered with 422 [SPEC-EXTRACT-07]', async () => {
  const said = await errorsOf(`
from flask import Flask
from webargs.flaskparser import use_args
from depot.schemas import BerthSchema
app = Flask(__name__)
@app.post('/berths')
@use_args(BerthSchema())
def add(data):
    return {}, 201
`)
  const told = said.filter((one) => one.includes('Tug.find'))
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('answer 422')
})
