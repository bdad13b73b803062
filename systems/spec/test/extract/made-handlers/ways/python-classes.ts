import type { Ways } from '../steps.ts'

/** Classes, what they are made with, and what stands above them. */
export const pythonClasses: Ways = {
  help: `
class Rules:
  def __init__(self, wrong, status):
    self._wrong = wrong
    self.status = status
  @classmethod
  def of(cls, wrong, status):
    return cls(wrong, status)
  @property
  def is_strict(self):
    return self._wrong != ""
  def refuses(self, x):
    return self.is_strict and x == self._wrong
  def check(self, x):
    if self.refuses(x):
      raise Refused(self.status)
    return x
class Check:
  def __init__(self, status):
    self.status = status
  def is_wrong(self, *given):
    return False
  def run(self, *given):
    if self.is_wrong(*given):
      raise Refused(self.status)
    return self
class BothCheck(Check):
  def __init__(self, wrong, status):
    super().__init__(status)
    self.wrong = wrong
  def is_wrong(self, x, z):
    return bool(z) and x == self.wrong
class AmongCheck(Check):
  known = {"x", "y"}
  def is_wrong(self, x):
    return x not in self.known
class OptionalCheck(AmongCheck):
  def is_wrong(self, x):
    return super().is_wrong(x) if x else False
class Store:
  def __init__(self, key):
    self.key = key
  def find(self, x):
    if x != self.key:
      return None
    return {"id": x}
@dataclass
class Barns:
  store: Store
  def get(self, x, missing, unknown):
    if not x:
      raise Refused(missing)
    barn = self.store.find(x)
    if barn is None:
      raise Refused(unknown)
    return barn
  @staticmethod
  def fault_of(x, z, y, first, second):
    if x == y:
      return first
    return second if z == y else None
`,
  steps: {
    is: [
      ({ x, y, status }) => `Rules(${y}, ${status}).check(${x})\n`,
      ({ x, y, status, answer }) => `if Rules.of(${y}, 500).refuses(${x}):\n  ${answer(String(status))}`,
    ],
    both: [({ x, z, y, status }) => `BothCheck(${y}, ${status}).run(${x}, ${z})\n`],
    needed: [({ x, y, status, second }) => `Barns(Store(${y})).get(${x}, ${status}, ${second})\n`],
    first: [
      ({ x, z, y, status, second, name, answer }) =>
        `${name} = Barns.fault_of(${x}, ${z}, ${y}, ${status}, ${second})\nif ${name}:\n  ${answer(name)}`,
      ({ x, z, y, status, second, name, answer }) =>
        `if ${name} := Barns.fault_of(${x}, ${z}, ${y}, ${status}, ${second}):\n  ${answer(name)}`,
    ],
    among: [({ x, status }) => `AmongCheck(${status}).run(${x})\n`],
    optional: [({ x, status }) => `OptionalCheck(status=${status}).run(${x})\n`],
  },
  tests: [(x, y) => `Rules(${y}, 500).refuses(${x})`, (x, y) => `Store(${y}).find(${x}) is not None`],
}
