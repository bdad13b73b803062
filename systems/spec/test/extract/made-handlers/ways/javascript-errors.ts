import type { Use, Ways } from '../steps.ts'

const thrownAs: Record<number, (use: Use) => string> = {
  418: ({ x, y }) => `if (${x} === ${y}) throw new Teapot()\n`,
  421: ({ x, y }) => `misdirect(${x}, ${y})\n`,
  426: ({ x, y }) => `upgrade(${x}, ${y})\n`,
  428: ({ x, y }) => `if (${x} === ${y}) {\n  throw new Unconditional()\n}\n`,
  429: ({ x, y }) => `slowly(${x}, ${y})\n`,
  431: ({ x, y }) => `held(() => large(${x}, ${y}))\n`,
}

/** Errors of its own, what takes them, and what goes on. */
export const javascriptErrors: Ways = {
  help: `
class Problem extends Refused {}
class Teapot extends Problem {
  constructor() {
    super(418)
  }
}
class Misdirected extends Refused {}
function misdirect(x, y) {
  if (x === y) throw new Misdirected()
}
class Coded extends Refused {
  constructor(code) {
    super()
    this.code = code
  }
}
const codes = { OLD: 426, NEW: 425 }
function upgrade(x, y) {
  if (x === y) throw new Coded('OLD')
}
class Unconditional extends Refused {
  constructor() {
    super()
    this.name = 'Unconditional'
  }
}
class TooMany extends Refused {
  constructor(cause) {
    super(429)
    this.cause = cause
  }
}
function slowly(x, y) {
  try {
    if (x === y) throw new Error('busy')
  } catch (error) {
    throw new TooMany(error)
  }
}
function large(x, y) {
  if (x !== y) return
  throw Object.assign(new Refused(500), { status: 431 })
}
function held(work) {
  let isOpen = true
  try {
    return work()
  } finally {
    isOpen = false
  }
}
function settled(x, y) {
  try {
    if (x === y) throw new Error('wrong')
    return true
  } catch {
    return false
  }
}
function nested(x, z, y, first, second) {
  try {
    try {
      if (x === y) throw new Refused(first)
    } finally {
      held(() => x)
    }
    if (z === y) throw new Error('second')
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused(second)
  }
}
`,
  steps: {
    mapped: [(use) => (thrownAs[use.status] as (use: Use) => string)(use)],
    is: [
      ({ x, y, status, answer }) => `if (!settled(${x}, ${y})) {\n  ${answer(String(status))}}\n`,
      ({ x, y, status, answer }) =>
        `try {\n  if (${x} === ${y}) throw new Error('wrong')\n} catch (error) {\n  ${answer(String(status))}}\n`,
    ],
    first: [
      ({ x, z, y, status, second }) => `nested(${x}, ${z}, ${y}, ${status}, ${second})\n`,
      ({ x, z, y, status, second }) =>
        `held(() => {\n  refuse(${x}, ${y}, ${status})\n  refuse(${z}, ${y}, ${second})\n})\n`,
    ],
    both: [
      ({ x, z, y, status }) =>
        `try {\n  if (!${z}) throw new Error('none')\n  refuse(${x}, ${y}, ${status})\n} catch (error) {\n  if (error instanceof Refused) throw error\n}\n`,
    ],
  },
  tests: [(x, y) => `!settled(${x}, ${y})`],
  around: [
    ({ x, y }, body) => `try {\n  if (${x} === ${y}) {\n${body}  }\n} finally {\n  held(() => ${x})\n}\n`,
  ],
}
