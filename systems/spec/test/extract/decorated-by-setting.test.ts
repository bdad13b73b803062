import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

test('A decorator that is one of two by a setting asks callers to be signed in where that one does [SPEC-EXTRACT-06]', async () => {
  const { set } = await extractFiles({
    'requirements.txt': 'flask\nFlask-JWT-Extended\nAuthlib\n',
    'gate.py': `
from authlib.integrations.flask_oauth2 import ResourceProtector
from flask_jwt_extended import jwt_required as by_token
from flask_login import login_required
from conf import settings

def always(fn):
    return login_required(fn)

def token_needed(fn):
    if settings.TOKENS:
        return by_token()(fn)
    else:
        return fn

if settings.CENTRAL is True:
    central = ResourceProtector()
    signed_in = central()
else:
    central = None
    signed_in = token_needed
`,
    'conf.py': `
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    CENTRAL: bool = False
    TOKENS: bool = True
settings = Settings()
`,
    'app.py': `
from flask import Flask
from gate import always, signed_in, token_needed
app = Flask(__name__)

@app.route('/tugs')
@signed_in
def tugs():
    return []

@app.route('/tugs', methods=['POST'])
@token_needed
def add():
    return {}

@app.route('/tugs', methods=['DELETE'])
@always
def drop():
    return {}
`,
  })
  const operations = factsOf(set.facts, 'operation')
  const asked = Object.fromEntries(
    factsOf(set.facts, 'guard').map((fact) => [
      operations.find(({ id }) => id === fact.operation)?.method,
      [fact.guard, fact.condition],
    ]),
  )
  const when = (name: string, op: string) => ({ subject: `settings.${name}`, op })
  expect(asked).toEqual({
    GET: ['authentication', [[when('CENTRAL', 'false'), when('TOKENS', 'true')], [when('CENTRAL', 'true')]]],
    POST: ['authentication', [[when('TOKENS', 'true')]]],
    DELETE: ['authentication', [[]]],
  })
  expect(
    factsOf(set.facts, 'error')
      .filter(({ status }) => status === 401)
      .map(({ grade, condition }) => [
        grade,
        condition.every((row) => row.some(({ subject }) => subject === '@caller')),
      ]),
  ).toEqual([
    ['framework', true],
    ['framework', true],
    ['framework', true],
  ])
})
