import type { Ways } from '../steps.ts'

/** Classes, what they are made with, and what stands above them. */
export const javascriptClasses: Ways = {
  help: `
class Rules {
  #wrong
  constructor(wrong, status) {
    this.#wrong = wrong
    this.status = status
  }
  static of(wrong, status) {
    return new Rules(wrong, status)
  }
  get isStrict() {
    return this.#wrong !== ''
  }
  refuses(x) {
    return this.isStrict && x === this.#wrong
  }
  check(x) {
    if (this.refuses(x)) throw new Refused(this.status)
    return x
  }
}
class Check {
  constructor(status) {
    this.status = status
  }
  isWrong() {
    return false
  }
  run(...all) {
    if (this.isWrong(...all)) throw new Refused(this.status)
    return this
  }
}
class BothCheck extends Check {
  constructor(wrong, status) {
    super(status)
    this.wrong = wrong
  }
  isWrong(x, z) {
    return Boolean(z) && x === this.wrong
  }
}
class AmongCheck extends Check {
  static known = new Set(['x', 'y'])
  isWrong(x) {
    return !AmongCheck.known.has(x)
  }
}
class OptionalCheck extends AmongCheck {
  isWrong(x) {
    return x ? super.isWrong(x) : false
  }
}
class Store {
  constructor(key) {
    this.key = key
  }
  find(x) {
    if (x !== this.key) return null
    return { id: x }
  }
}
class Barns {
  constructor(store) {
    this.store = store
  }
  get(x, missing, unknown) {
    if (!x) throw new Refused(missing)
    const barn = this.store.find(x)
    if (!barn) throw new Refused(unknown)
    return barn
  }
  faultOf(x, z, y, first, second) {
    if (x === y) return first
    return z === y ? second : 0
  }
}
`,
  steps: {
    is: [
      ({ x, y, status }) => `new Rules(${y}, ${status}).check(${x})\n`,
      ({ x, y, status }) => `Rules.of(${y}, ${status}).check(${x})\n`,
      ({ x, y, status, answer }) =>
        `if (Rules.of(${y}, 500).refuses(${x})) {\n  ${answer(String(status))}}\n`,
    ],
    both: [({ x, z, y, status }) => `new BothCheck(${y}, ${status}).run(${x}, ${z})\n`],
    needed: [
      ({ x, y, status, second }) => `new Barns(new Store(${y})).get(${x}, ${status}, ${second})\n`,
      ({ x, y, status, second, name }) =>
        `const ${name} = new Barns(new Store(${y}))\n${name}.get(${x}, ${status}, ${second})\n`,
    ],
    first: [
      ({ x, z, y, status, second, name, answer }) =>
        `const ${name} = new Barns(null).faultOf(${x}, ${z}, ${y}, ${status}, ${second})\nif (${name}) {\n  ${answer(name)}}\n`,
    ],
    among: [({ x, status }) => `new AmongCheck(${status}).run(${x})\n`],
    optional: [({ x, status }) => `new OptionalCheck(${status}).run(${x})\n`],
  },
  tests: [(x, y) => `new Rules(${y}, 500).refuses(${x})`, (x, y) => `new Store(${y}).find(${x}) !== null`],
}
