import type { Ways } from '../steps.ts'

/** Constants, texts, numbers and loops. */
export const pythonValues: Ways = {
  help: `
class Kind(Enum):
  X = "x"
  Y = "y"
LIMITS = {"min": 0, "max": 3}
KNOWN = re.compile(r"^[xy]$")
class Settings:
  strict = True
  kinds = ("x", "y")
settings = Settings()
def weigh(x):
  match x:
    case "x" | "y":
      return 1
    case _ if x:
      return 0
  return 0
`,
  steps: {
    number: [
      ({ x, status, second, name, answer }) =>
        `try:\n  ${name} = int(${x})\nexcept (TypeError, ValueError):\n  ${answer(String(status))}if ${name} > LIMITS["max"]:\n  ${answer(String(second))}`,
      ({ x, status, second, answer }) =>
        `if not ${x} or not ${x}.isdigit():\n  ${answer(String(status))}if not LIMITS["min"] <= int(${x}) <= LIMITS["max"]:\n  ${answer(String(second))}`,
    ],
    among: [
      ({ x, status, answer }) => `try:\n  Kind(${x})\nexcept ValueError:\n  ${answer(String(status))}`,
      ({ x, status, answer }) => `if not KNOWN.match(${x} or ""):\n  ${answer(String(status))}`,
      ({ x, status, answer }) => `if weigh(${x}) == 0:\n  ${answer(String(status))}`,
      ({ x, status, answer }) => `if ${x} not in [one.value for one in Kind]:\n  ${answer(String(status))}`,
    ],
    optional: [
      ({ x, status, answer }) =>
        `if settings.strict and ${x} and ${x} not in settings.kinds:\n  ${answer(String(status))}`,
    ],
    first: [
      ({ x, z, y, status, second, name, answer }) =>
        `${name} = ${status} if ${x} == ${y} else ${second} if ${z} == ${y} else 0\nif ${name} > 0:\n  ${answer(name)}`,
    ],
    is: [
      ({ x, y, status, answer }) => `if ${x} and ${x}.strip().lower() == ${y}:\n  ${answer(String(status))}`,
      ({ x, y, status, answer }) => `if (${x} or "") == ${y}:\n  ${answer(String(status))}`,
    ],
  },
  tests: [
    (x, y) => `${x} in (${y},)`,
    (x, y) => `(${x} or "").startswith(${y})`,
    (x, y) => `({${y}: True}.get(${x}, False))`,
  ],
  around: [
    ({ x, y }, body) => `while True:\n  if ${x} != ${y}:\n    break\n${body}  break\n`,
    ({ x, y }, body) =>
      `for one in [${y}]:\n  if one == ${x}:\n    break\nelse:\n  one = None\nif one is not None:\n${body}`,
  ],
}
