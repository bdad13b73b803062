import type { Ways } from '../steps.ts'

/** Constants, texts, numbers and loops. */
export const javascriptValues: Ways = {
  help: `
const Limits = Object.freeze({ min: 0, max: 3 })
const Kinds = { X: 'x', Y: 'y' }
const pattern = /^[xy]$/
const settings = { strict: true, ...{ kinds: ['x', 'y'] } }
const codeOf = (x, z, y, first, second) => (x === y ? first : z === y ? second : 0)
function weigh(x) {
  switch (x) {
    case 'x':
    case 'y':
      return 1
    default:
      return 0
  }
}
`,
  steps: {
    number: [
      ({ x, status, second, name, answer }) =>
        `const ${name} = parseInt(${x}, 10)\nif (Number.isNaN(${name})) {\n  ${answer(String(status))}}\nif (${name} > Limits.max) {\n  ${answer(String(second))}}\n`,
      ({ x, status, second, name, answer }) =>
        `if (!${x} || isNaN(Number(${x}))) {\n  ${answer(String(status))}}\nconst ${name} = Number(${x})\nif (${name} < Limits.min || ${name} > Limits.max) {\n  ${answer(String(second))}}\n`,
    ],
    among: [
      ({ x, status, answer }) =>
        `if (!Object.values(Kinds).includes(${x})) {\n  ${answer(String(status))}}\n`,
      ({ x, status, answer }) => `if (!pattern.test(${x} ?? '')) {\n  ${answer(String(status))}}\n`,
      ({ x, status, answer }) => `if (weigh(${x}) === 0) {\n  ${answer(String(status))}}\n`,
    ],
    optional: [
      ({ x, status, answer }) =>
        `if (settings.strict && ${x} && !settings.kinds.includes(${x})) {\n  ${answer(String(status))}}\n`,
      ({ x, status, answer }) => `if (${x} && !(weigh(${x}) > 0)) {\n  ${answer(String(status))}}\n`,
    ],
    first: [
      ({ x, z, y, status, second, name, answer }) =>
        `const ${name} = codeOf(${x}, ${z}, ${y}, ${status}, ${second})\nif (${name} > 0) {\n  ${answer(name)}}\n`,
    ],
    is: [
      ({ x, y, status, answer }) =>
        `if (${x} && ${x}.trim().toLowerCase() === ${y}) {\n  ${answer(String(status))}}\n`,
    ],
    both: [
      ({ x, z, y, status, name, answer }) =>
        `const { [${y}]: ${name} = 0 } = { ${'x: 0, y: 0, z: 0'}, [${x} ?? '']: 1 }\nif (${name} && ${z}) {\n  ${answer(String(status))}}\n`,
    ],
  },
  tests: [
    (x, y) => `[${y}].includes(${x})`,
    (x, y) => `[${y}].some((one) => one === ${x})`,
    (x, y) => `new Set([${y}]).has(${x})`,
    (x, y) => `(${x} ?? '').startsWith(${y})`,
  ],
  around: [
    ({ x, y }, body) => `do {\n  if (${x} !== ${y}) break\n${body}} while (false)\n`,
    ({ x, y }, body) =>
      `outer: for (const one of [${y}]) {\n  for (const two of [${x}]) {\n    if (one !== two) continue outer\n  }\n${body}}\n`,
  ],
}
