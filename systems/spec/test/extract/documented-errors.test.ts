import { expect, test } from 'vitest'
import { factsOf } from '../../src/facts/fact-set.ts'
import { extractFiles } from '../packs/fixture.ts'

const app = (handlers: string) => ({
  'requirements.txt': 'flask\nsqlalchemy\n',
  'app.py': `from flask import Flask, jsonify
from sqlalchemy.orm.exc import NoResultFound
from sqlalchemy.exc import SQLAlchemyError
from models import Loan

app = Flask(__name__)
${handlers}

def loan_of(id):
    return Loan.query.filter_by(id=id).one()

@app.route('/loans/<id>')
def read(id):
    return jsonify(loan_of(id))

@app.route('/loans/<id>/fine')
def fine(id):
    try:
        loan = Loan.query.filter_by(id=id).one()
    except NoResultFound:
        return jsonify('no fine'), 410
    return jsonify(loan.fine)
`,
})

const errors = async (handlers: string) => {
  const { set } = await extractFiles(app(handlers))
  return factsOf(set.facts, 'error')
    .map(({ status, condition, grade }) => `${status} ${grade} ${condition[0]?.[0]?.subject}`)
    .toSorted()
}

test('a documented error of a library is answered by the handler that a program has for it, but where it is caught before [SPEC-EXTRACT-10]', async () => {
  const of = `@app.errorhandler(NoResultFound)
def missing(error):
    return jsonify('No result found'), 404`
  expect(await errors(of)).toEqual([
    '404 proved Loan.query.filter_by(id).one() failed',
    '410 proved Loan.query.filter_by(id=id).one() failed == NoResultFound',
  ])
  const ofAny = `@app.errorhandler(Exception)
def failed(error):
    return jsonify('Failed'), 500`
  expect((await errors(ofAny)).map((one) => one.slice(0, 3))).toEqual(['410'])
})
