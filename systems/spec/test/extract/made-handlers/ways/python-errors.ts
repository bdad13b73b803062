import { indented } from '../writer.ts'
import type { Use, Ways } from '../steps.ts'

const thrownAs: Record<number, (use: Use) => string> = {
  418: ({ x, y }) => `if ${x} == ${y}:\n  raise Teapot()\n`,
  421: ({ x, y }) => `misdirect(${x}, ${y})\n`,
  426: ({ x, y }) => `upgrade(${x}, ${y})\n`,
  428: ({ x, y }) => `if ${x} == ${y}:\n  raise Unconditional\n`,
  429: ({ x, y }) => `slowly(${x}, ${y})\n`,
  431: ({ x, y }) => `held(lambda: large(${x}, ${y}))\n`,
}

/** Errors of its own, what takes them, and what goes on. */
export const pythonErrors: Ways = {
  help: `
class Teapot(Refused):
  def __init__(self):
    super().__init__(418)
class Misdirected(Exception):
  pass
def misdirect(x, y):
  if x == y:
    raise Misdirected("wrong")
class Coded(Exception):
  def __init__(self, code):
    self.code = code
CODES = {"OLD": 426, "NEW": 425}
def upgrade(x, y):
  if x == y:
    raise Coded("OLD")
class Unconditional(Exception):
  status_code = 428
class TooMany(Refused):
  pass
def slowly(x, y):
  try:
    if x == y:
      raise ValueError("busy")
  except ValueError as error:
    raise TooMany(429) from error
def large(x, y):
  if x != y:
    return
  error = Refused(500)
  error.status = 431
  raise error
def held(work):
  is_open = True
  try:
    return work()
  finally:
    is_open = False
def settled(x, y):
  try:
    if x == y:
      raise KeyError("wrong")
    return True
  except (KeyError, IndexError):
    return False
def nested(x, z, y, first, second):
  try:
    try:
      if x == y:
        raise Refused(first)
    finally:
      held(lambda: x)
    if z == y:
      raise KeyError("second")
  except Refused:
    raise
  except Exception as error:
    raise Refused(second) from error
@app.errorhandler(Refused)
def refused(error):
  return jsonify(error=True), error.status
@app.errorhandler(Misdirected)
def misdirected(error):
  return {"error": str(error)}, 421
@app.errorhandler(Coded)
def coded(error):
  return jsonify(error=True), CODES.get(error.code, 500)
@app.errorhandler(Unconditional)
def unconditional(error):
  response = jsonify(error=True)
  response.status_code = error.status_code
  return response
`,
  steps: {
    mapped: [(use) => (thrownAs[use.status] as (use: Use) => string)(use)],
    is: [
      ({ x, y, status, answer }) => `if not settled(${x}, ${y}):\n  ${answer(String(status))}`,
      ({ x, y, status, answer }) =>
        `try:\n  if ${x} == ${y}:\n    raise KeyError(${x})\nexcept KeyError:\n  ${answer(String(status))}`,
    ],
    first: [
      ({ x, z, y, status, second }) => `nested(${x}, ${z}, ${y}, ${status}, ${second})\n`,
      ({ x, z, y, status, second, answer }) =>
        `try:\n  if ${x} == ${y}:\n    raise KeyError(${x})\nexcept KeyError:\n  ${answer(String(status))}else:\n  refuse(${z}, ${y}, ${second})\n`,
    ],
    both: [
      ({ x, z, y, status }) =>
        `with suppress(KeyError):\n  if not ${z}:\n    raise KeyError("none")\n  refuse(${x}, ${y}, ${status})\n`,
    ],
  },
  tests: [(x, y) => `(not settled(${x}, ${y}))`],
  around: [({ x, y }, body) => `try:\n  if ${x} == ${y}:\n${indented(body)}finally:\n  held(lambda: ${x})\n`],
}
