import type { Ways } from '../steps.ts'

/** What comes later or by way of functions. */
export const javascriptLater: Ways = {
  help: `
async function later(x, y, status) {
  if (x === y) throw new Refused(status)
  return { id: x }
}
async function findLater(x, y) {
  return x === y ? { id: x } : null
}
function lookUp(x, y, done) {
  if (x !== y) return done(new Error('none'))
  return done(null, { id: x })
}
const lookedUp = (x, y) =>
  new Promise((resolve, reject) => lookUp(x, y, (error, found) => (error ? reject(error) : resolve(found))))
function* faultsOf(x, z, y, first, second) {
  if (x === y) yield first
  if (z === y) yield second
}
`,
  steps: {
    is: [
      ({ x, y, status }) => `await later(${x}, ${y}, ${status})\n`,
      ({ x, y, status }) =>
        `await findLater(${x}, ${y}).then((found) => {\n  if (found) throw new Refused(${status})\n})\n`,
      ({ x, y, status, name, answer }) =>
        `const ${name} = await later(${x}, ${y}, 500).catch(() => null)\nif (${name} === null) {\n  ${answer(String(status))}}\n`,
      ({ x, y, status, name, answer }) =>
        `const ${name} = await Promise.resolve(${x} === ${y})\nif (${name}) {\n  ${answer(String(status))}}\n`,
    ],
    both: [
      ({ x, z, y, status }) => `if (${z}) await later(${x}, ${y}, ${status})\n`,
      ({ x, z, y, status }) => `await (${z} ? later(${x}, ${y}, ${status}) : Promise.resolve())\n`,
    ],
    first: [
      ({ x, z, y, status, second }) =>
        `await Promise.all([later(${x}, ${y}, ${status}), later(${z}, ${y}, ${second})])\n`,
      ({ x, z, y, status, second, answer }) =>
        `for (const fault of faultsOf(${x}, ${z}, ${y}, ${status}, ${second})) {\n  ${answer('fault')}}\n`,
    ],
    needed: [
      ({ x, y, status, second, name, answer }) =>
        `if (!${x}) {\n  ${answer(String(status))}}\nconst ${name} = await lookedUp(${x}, ${y}).catch(() => undefined)\nif (!${name}) {\n  ${answer(String(second))}}\n`,
      ({ x, y, status, second, name, answer }) =>
        `if (!${x}) {\n  ${answer(String(status))}}\nlet ${name} = null\ntry {\n  ${name} = await lookedUp(${x}, ${y})\n} catch (error) {\n  ${answer(String(second))}}\n`,
    ],
  },
  around: [
    ({ x, y, name }, body) =>
      `const found${name} = await findLater(${x}, ${y})\nif (found${name}) {\n${body}}\n`,
  ],
}
