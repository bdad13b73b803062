import { indented } from '../writer.ts'
import type { Ways } from '../steps.ts'

/** What comes later or by way of functions. */
export const pythonLater: Ways = {
  help: `
class Turn:
  def __init__(self, x, y):
    self.is_ours = x == y
  def __enter__(self):
    return self
  def __exit__(self, *given):
    return False
@contextmanager
def turn(x, y):
  yield x == y
def refusing(status):
  def around(work):
    @wraps(work)
    def checked(x, y):
      if x == y:
        raise Refused(status)
      return work(x, y)
    return checked
  return around
def faults_of(x, z, y, first, second):
  if x == y:
    yield first
  if z == y:
    yield second
`,
  steps: {
    is: [
      ({ x, y, status }) => `refusing(${status})(is_it)(${x}, ${y})\n`,
      ({ x, y, status, name, answer }) =>
        `${name} = next((one for one in ["x", "y", "z"] if one == ${x} and one == ${y}), None)\nif ${name} is not None:\n  ${answer(String(status))}`,
      ({ x, y, status, name, answer }) =>
        `with turn(${x}, ${y}) as ${name}:\n  if ${name}:\n    ${answer(String(status))}`,
      ({ x, y, status, name, answer }) =>
        `${name} = [one for one in [${y}] if one == ${x}]\nif len(${name}) > 0:\n  ${answer(String(status))}`,
    ],
    both: [({ x, z, y, status, answer }) => `if all([${z}, ${x} == ${y}]):\n  ${answer(String(status))}`],
    first: [
      ({ x, z, y, status, second, answer }) =>
        `for fault in faults_of(${x}, ${z}, ${y}, ${status}, ${second}):\n  ${answer('fault')}`,
    ],
    needed: [
      ({ x, y, status, second, name, answer }) =>
        `${name} = next((one for one in [${x}] if one), None)\nif not ${name}:\n  ${answer(String(status))}if ${name} != ${y}:\n  ${answer(String(second))}`,
    ],
  },
  tests: [(x, y) => `any(one == ${x} for one in [${y}])`, (x, y) => `Turn(${x}, ${y}).is_ours`],
  around: [
    ({ x, y, name }, body) => `with Turn(${x}, ${y}) as ${name}:\n  if ${name}.is_ours:\n${indented(body)}`,
  ],
}
