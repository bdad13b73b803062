import { expect, test } from 'vitest'
import { printedAnswers } from './printed-answers.ts'

test('an error of Python’s own that code raises is none of a class of the program, and says nothing for it [SPEC-EXTRACT-06]', async () => {
  expect(
    await printedAnswers({
      'requirements.txt': 'flask\n',
      'app.py': `
from flask import Flask, abort, jsonify
app = Flask(__name__)
class Refused(Exception):
    def __init__(self, message, status):
        super().__init__(message)
        self.message = message
        self.status = status
class NoBerth(Exception):
    pass
@app.errorhandler(Refused)
def refused(error):
    return jsonify({"error": error.message}), error.status
def connect():
    line = harbour.open()
    if not line:
        raise RuntimeError("No line.")
    return line
def berth(key):
    found = connect().find(key)
    if found is None:
        raise NoBerth("No berth of that key.")
    return found
@app.get("/berths/<key>")
def one(key):
    try:
        return {"at": berth(key).at}
    except NoBerth as error:
        raise Refused(str(error), 403)
`,
    }),
  ).toEqual({
    '/berths/{key}': [
      expect.stringMatching(/^403 No berth of that key\. where !‹connect\(\)\.find\(key\)#\d+›$/),
      '200',
    ],
  })
})
