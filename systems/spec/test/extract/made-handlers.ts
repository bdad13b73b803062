/**
 * Handlers that are made at random, in four languages alike, and what they really answer: what is told of them has to hold for every request.
 * A request has `a`, `b` and `c` in its query, each of them left out or one of three texts.
 */

export const languages = ['javascript', 'python', 'go', 'java'] as const
export type MadeLanguage = (typeof languages)[number]

const inputs = ['a', 'b', 'c'] as const
const texts = ['x', 'y', 'z'] as const
type Input = (typeof inputs)[number]
export type Query = Record<Input, string>
type Literal = string | number | boolean

type Test =
  | { k: 'and' | 'or'; left: Test; right: Test }
  | { k: 'not'; of: Test }
  | { k: 'is'; subject: Input; isEqual: boolean; text: string }
  | { k: 'helped'; subject: Input; text: string }
  | { k: 'missing'; subject: Input }
  | { k: 'flag'; name: string }
  | { k: 'filled'; name: string; kind: Kind }
  | { k: 'listed'; name: string }
  | { k: 'chosen'; name: string; isFirst: boolean }

/** What handlers collect in. */
type Kind = 'list' | 'map'

type Step =
  | { k: 'let' | 'set'; name: string; value: Literal }
  | { k: 'if'; test: Test; body: Step[]; otherwise: Step[] }
  | { k: 'switch'; on: Input; cases: { text: string; body: Step[] }[]; rest: Step[] | null }
  /** What comes before and after a call that throws for `x`, and what takes that. */
  | { k: 'try'; before: Step[]; risk: Input; after: Step[]; caught: Step[] }
  | { k: 'look'; among: string[]; subject: Input; name: string }
  | { k: 'answer'; status: number }
  | { k: 'collect' | 'put'; name: string; kind: Kind; text: string }
  /** What stands under a key in a table that is written out. */
  | { k: 'table'; name: string; subject: Input; keys: string[] }
  /** A helper that refuses by itself. */
  | { k: 'refuse'; subject: Input; text: string; status: number }
  /** A round for each of a few texts that may end the handler. */
  | { k: 'each'; among: string[]; subject: Input; body: Step[] }
  /** What a helper gives back says whether to go on, and with what status not. */
  | { k: 'result'; subject: Input; text: string; status: number; name: string }
  /** A round for each of a few texts that goes on to the next one unless it is that of the request. */
  | { k: 'skip'; among: string[]; subject: Input; body: Step[] }
  /** One of two texts, asked later. */
  | { k: 'choose'; name: string; test: Test }
  /** A helper that asks another one, which refuses. */
  | { k: 'deep'; subject: Input; other: Input; text: string; status: number }
  /** One of two statuses. */
  | { k: 'either'; test: Test; status: number; other: number }

export interface MadeHandler {
  name: string
  steps: Step[]
}

const errors = [400, 401, 402, 403, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 416, 417, 422, 423, 424]
const deepest = 3

/** The same handlers for the same seed; `share`: of how many steps that are what programs do besides branching. */
export function madeHandlers(count: number, seed: number, share = 0): MadeHandler[] {
  let state = (seed * 2_654_435_761) % 2 ** 32
  const random = () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32
  const pick = <T>(all: readonly [T, ...T[]] | readonly T[]): T => all[Math.floor(random() * all.length)] as T
  return Array.from({ length: count }, (_, at) => {
    const free = [...errors]
    let names = 0
    const collected = new Map<string, Kind>()
    const tables = new Set<string>()
    const choices = new Set<string>()
    const test = (flags: readonly string[], depth = 0): Test => {
      const r = random()
      const isOther = (one: string) => collected.has(one) || tables.has(one) || choices.has(one)
      const [name] = flags.filter(isOther).toReversed()
      if (name !== undefined && choices.has(name) && r < 0.3) return { k: 'chosen', name, isFirst: r < 0.15 }
      if (name !== undefined && r < 0.3)
        return tables.has(name)
          ? { k: 'listed', name }
          : { k: 'filled', name, kind: collected.get(name) ?? 'list' }
      if (depth < 2 && r < 0.25)
        return {
          k: r < 0.15 ? 'and' : 'or',
          left: test(flags, depth + 1),
          right: test(flags, depth + 1),
        }
      if (depth < 2 && r < 0.33) return { k: 'not', of: test(flags, depth + 1) }
      const plain = flags.filter((one) => !collected.has(one) && !tables.has(one) && !choices.has(one))
      if (plain.length > 0 && r < 0.55) return { k: 'flag', name: pick(plain) }
      if (r < 0.68) return { k: 'missing', subject: pick(inputs) }
      if (r < 0.75) return { k: 'helped', subject: pick(inputs), text: pick(texts) }
      return { k: 'is', subject: pick(inputs), isEqual: random() < 0.5, text: pick(texts) }
    }
    const besides = (
      steps: Step[],
      flags: string[],
      depth: number,
      inner: (most: number) => Step[],
      status: () => number,
    ) => {
      const r = random()
      const known = flags.filter((one) => collected.has(one))
      if (random() < 0.3) {
        const s = random()
        if (s < 0.35 && depth < deepest)
          steps.push({ k: 'skip', among: texts.slice(0, 2), subject: pick(inputs), body: inner(1) })
        else if (s < 0.7) {
          const name = `way${names++}`
          const asked = test(flags)
          choices.add(name)
          flags.push(name)
          steps.push({ k: 'choose', name, test: asked })
        } else if (free.length > 0)
          steps.push({
            k: 'deep',
            subject: pick(inputs),
            other: pick(inputs),
            text: pick(texts),
            status: status(),
          })
        return
      }
      if (r < 0.2 && known.length === 0) {
        const name = `faults${names++}`
        const kind = random() < 0.5 ? 'list' : 'map'
        collected.set(name, kind)
        flags.push(name)
        steps.push({ k: 'collect', name, kind, text: '' })
      } else if (r < 0.4 && known.length > 0) {
        const name = pick(known)
        steps.push({
          k: 'if',
          test: test(flags),
          body: [{ k: 'put', name, kind: collected.get(name) ?? 'list', text: pick(texts) }],
          otherwise: [],
        })
      } else if (r < 0.55) {
        const name = `size${names++}`
        tables.add(name)
        flags.push(name)
        steps.push({ k: 'table', name, subject: pick(inputs), keys: texts.slice(0, 2) })
      } else if (r < 0.68 && free.length > 0)
        steps.push({ k: 'refuse', subject: pick(inputs), text: pick(texts), status: status() })
      else if (r < 0.78 && depth < deepest)
        steps.push({ k: 'each', among: texts.slice(1), subject: pick(inputs), body: inner(1) })
      else if (r < 0.9 && free.length > 0)
        steps.push({
          k: 'result',
          subject: pick(inputs),
          text: pick(texts),
          status: status(),
          name: `made${names++}`,
        })
      else if (depth > 0 && free.length > 1)
        steps.push({ k: 'either', test: test(flags), status: status(), other: status() })
    }
    const body = (depth: number, length: number, around: readonly string[]): Step[] => {
      const flags = [...around]
      const plain = () => flags.filter((one) => !collected.has(one) && !tables.has(one) && !choices.has(one))
      const status = () => free.splice(Math.floor(random() * free.length), 1)[0] ?? 400
      const steps: Step[] = []
      const inner = (most: number) => body(depth + 1, 1 + Math.floor(random() * most), flags)
      while (steps.length < length) {
        if (random() < share) {
          besides(steps, flags, depth, inner, status)
          if (steps.at(-1)?.k === 'either') break
          continue
        }
        const r = random()
        if (r < 0.2 || (r < 0.32 && plain().length === 0)) {
          const name = `flag${names++}`
          steps.push({ k: 'let', name, value: random() < 0.5 })
          flags.push(name)
        } else if (r < 0.32) steps.push({ k: 'set', name: pick(plain()), value: random() < 0.5 })
        else if (r < 0.6 && depth < deepest)
          steps.push({
            k: 'if',
            test: test(flags),
            body: inner(2),
            otherwise: random() < 0.4 ? inner(1) : [],
          })
        else if (r < 0.72 && depth < deepest)
          steps.push({
            k: 'switch',
            on: pick(inputs),
            cases: texts.slice(0, 1 + Math.floor(random() * 3)).map((text) => ({ text, body: inner(1) })),
            rest: random() < 0.5 ? inner(1) : null,
          })
        else if (r < 0.84 && depth < deepest)
          steps.push({
            k: 'try',
            before:
              plain().length > 0 && random() < 0.3 ? [{ k: 'set', name: pick(plain()), value: true }] : [],
            risk: pick(inputs),
            after: random() < 0.6 ? inner(1) : [],
            caught: inner(1),
          })
        else if (r < 0.9) {
          const name = `flag${names++}`
          steps.push(
            { k: 'let', name, value: false },
            { k: 'look', among: texts.slice(0, 2), subject: pick(inputs), name },
          )
          flags.push(name)
        } else if (depth > 0 && free.length > 0) {
          steps.push({ k: 'answer', status: status() })
          break
        }
      }
      return steps
    }
    return { name: `h${at}`, steps: body(0, 4, []) }
  })
}

/** All requests that there are. */
export const queries: readonly Query[] = ['', ...texts].flatMap((a) =>
  ['', ...texts].flatMap((b) => ['', ...texts].map((c) => ({ a, b, c }))),
)

class Lost extends Error {}
class Refused extends Error {
  readonly status: number
  constructor(status: number) {
    super()
    this.status = status
  }
}

/** The status that a handler answers a request with, 200 where nothing refuses it. */
export function answerOf({ steps }: MadeHandler, query: Query): number {
  const flags = new Map<string, Literal>()
  const holds = (test: Test): boolean => {
    switch (test.k) {
      case 'and':
        return holds(test.left) && holds(test.right)
      case 'or':
        return holds(test.left) || holds(test.right)
      case 'not':
        return !holds(test.of)
      case 'is':
        return (query[test.subject] === test.text) === test.isEqual
      case 'helped':
        return query[test.subject] === test.text
      case 'missing':
        return query[test.subject] === ''
      case 'flag':
        return flags.get(test.name) === true
      case 'filled':
        return flags.get(test.name) === 'filled'
      case 'listed':
        return flags.get(test.name) === 'listed'
      case 'chosen':
        return (flags.get(test.name) === 'first') === test.isFirst
    }
  }
  const run = (all: readonly Step[]): number | null => {
    for (const step of all) {
      const answered = one(step)
      if (answered !== null) return answered
    }
    return null
  }
  const one = (step: Step): number | null => {
    switch (step.k) {
      case 'let':
      case 'set':
        flags.set(step.name, step.value)
        return null
      case 'if':
        return run(holds(step.test) ? step.body : step.otherwise)
      case 'switch':
        return run(step.cases.find(({ text }) => text === query[step.on])?.body ?? step.rest ?? [])
      case 'try':
        try {
          const before = run(step.before)
          if (query[step.risk] === 'x') throw new Lost()
          return before ?? run(step.after)
        } catch (error) {
          if (error instanceof Refused) throw error
          return run(step.caught)
        }
      case 'look':
        if (step.among.includes(query[step.subject])) flags.set(step.name, true)
        return null
      case 'answer':
        return step.status
      case 'collect':
        flags.set(step.name, '')
        return null
      case 'put':
        flags.set(step.name, 'filled')
        return null
      case 'table':
        flags.set(step.name, step.keys.includes(query[step.subject]) ? 'listed' : '')
        return null
      case 'refuse':
        if (query[step.subject] === step.text) throw new Refused(step.status)
        return null
      case 'each':
      case 'skip':
        return step.among.includes(query[step.subject]) ? run(step.body) : null
      case 'choose':
        flags.set(step.name, holds(step.test) ? 'first' : 'second')
        return null
      case 'deep':
        if (query[step.subject] === step.text && query[step.other] !== '') throw new Refused(step.status)
        return null
      case 'result':
        return query[step.subject] === step.text ? step.status : null
      case 'either':
        return holds(step.test) ? step.status : step.other
    }
  }
  try {
    return run(steps) ?? 200
  } catch (error) {
    if (error instanceof Refused) return error.status
    throw error
  }
}

/** How a language writes what handlers are made of. */
interface Writer {
  and: string
  or: string
  not: string
  literal: (value: Literal) => string
  missing: (input: Input) => string
  is: (input: Input, text: string, isEqual: boolean) => string
  helped: (input: Input, text: string) => string
  filled: (name: string, kind: Kind) => string
  listed: (name: string) => string
  chosen: (name: string, text: string) => string
  step: (step: Step, write: (steps: readonly Step[]) => string, test: (test: Test) => string) => string
  files: (handlers: readonly { name: string; body: string }[]) => Record<string, string>
}

const indented = (code: string) => code.replaceAll(/^(?=.)/gm, '  ')

function written(steps: readonly Step[], writer: Writer): string {
  const test = (one: Test): string => {
    switch (one.k) {
      case 'and':
      case 'or':
        return `(${test(one.left)} ${writer[one.k]} ${test(one.right)})`
      case 'not':
        return `${writer.not}(${test(one.of)})`
      case 'is':
        return writer.is(one.subject, one.text, one.isEqual)
      case 'helped':
        return writer.helped(one.subject, one.text)
      case 'missing':
        return writer.missing(one.subject)
      case 'flag':
        return one.name
      case 'filled':
        return writer.filled(one.name, one.kind)
      case 'listed':
        return writer.listed(one.name)
      case 'chosen':
        return writer.chosen(one.name, one.isFirst ? 'first' : 'second')
    }
  }
  return steps.map((step) => writer.step(step, (inner) => indented(written(inner, writer)), test)).join('')
}

/** The sources of a service with these handlers, each at a path of its name. */
export function madeService(
  language: MadeLanguage,
  handlers: readonly MadeHandler[],
): Record<string, string> {
  const writer = writers[language]
  return writer.files(handlers.map(({ name, steps }) => ({ name, body: indented(written(steps, writer)) })))
}

const quoted = (text: string) => JSON.stringify(text)
const list = (all: readonly string[]) => all.map(quoted).join(', ')

/** Languages with braces; `end` ends a statement. */
function braced(end: string, let_: string, answer: (status: string) => string): Writer['step'] {
  return (step, write, test) => {
    switch (step.k) {
      case 'let':
        return `${let_} ${step.name} = ${String(step.value)}${end}\n`
      case 'set':
        return `${step.name} = ${String(step.value)}${end}\n`
      case 'if':
        return `if (${test(step.test)}) {\n${write(step.body)}} else {\n${write(step.otherwise)}}\n`
      case 'switch': {
        const isOver = (body: readonly Step[]) => body.at(-1)?.k === 'answer'
        const leave = (body: readonly Step[]) => (isOver(body) ? '' : `  break${end}\n`)
        const cases = step.cases.map(
          ({ text, body }) => `case ${quoted(text)}: {\n${write(body)}${leave(body)}}\n`,
        )
        const rest = step.rest ? `default: {\n${write(step.rest)}}\n` : ''
        return `switch (${end === ';' ? `${step.on} == null ? "" : ${step.on}` : step.on}) {\n${cases.join('')}${rest}}\n`
      }
      case 'try':
        return `try {\n${write(step.before)}  risky(${step.risk})${end}\n${write(step.after)}} catch (${end === ';' ? 'Lost ' : ''}error) {\n${end === ';' ? '' : '  if (error instanceof Refused) throw error\n'}${write(step.caught)}}\n`
      case 'look':
        return end === ';'
          ? `for (String one : List.of(${list(step.among)})) {\n  if (one.equals(${step.subject})) {\n    ${step.name} = true;\n  }\n}\n`
          : `for (const one of [${list(step.among)}]) {\n  if (one === ${step.subject}) {\n    ${step.name} = true\n  }\n}\n`
      case 'answer':
        return answer(String(step.status))
      case 'collect':
        if (end === '') return `const ${step.name} = ${step.kind === 'list' ? '[]' : '{}'}\n`
        return step.kind === 'list'
          ? `List<String> ${step.name} = new ArrayList<>();\n`
          : `Map<String, String> ${step.name} = new HashMap<>();\n`
      case 'put':
        if (end === '')
          return step.kind === 'list'
            ? `${step.name}.push(${quoted(step.text)})\n`
            : `${step.name}.${step.text} = 'wrong'\n`
        return step.kind === 'list'
          ? `${step.name}.add(${quoted(step.text)});\n`
          : `${step.name}.put(${quoted(step.text)}, "wrong");\n`
      case 'table':
        return end === ''
          ? `const ${step.name} = { ${step.keys.map((key, at) => `${key}: ${at + 1}`).join(', ')} }[${step.subject}]\n`
          : `Integer ${step.name} = Map.of(${step.keys.map((key, at) => `${quoted(key)}, ${at + 1}`).join(', ')}).get(${step.subject} == null ? "" : ${step.subject});\n`
      case 'refuse':
        return `refuse(${step.subject}, ${quoted(step.text)}, ${step.status})${end}\n`
      case 'each':
        return end === ''
          ? `for (const one of [${list(step.among)}]) {\n  if (one === ${step.subject}) {\n${indented(write(step.body))}  }\n}\n`
          : `for (String one : List.of(${list(step.among)})) {\n  if (one.equals(${step.subject})) {\n${indented(write(step.body))}  }\n}\n`
      case 'skip':
        return end === ''
          ? `for (const one of [${list(step.among)}]) {\n  if (one !== ${step.subject}) continue\n${write(step.body)}}\n`
          : `for (String one : List.of(${list(step.among)})) {\n  if (!one.equals(${step.subject})) continue;\n${write(step.body)}}\n`
      case 'choose':
        return `${end === '' ? 'const' : 'String'} ${step.name} = ${test(step.test)} ? "first" : "second"${end}\n`
      case 'deep':
        return `inner(${step.subject}, ${step.other}, ${quoted(step.text)}, ${step.status})${end}\n`
      case 'result':
        return end === ''
          ? `const ${step.name} = checked(${step.subject}, ${quoted(step.text)}, ${step.status})\nif (!${step.name}.ok) {\n  ${answer(`${step.name}.status`)}}\n`
          : `Checked ${step.name} = checked(${step.subject}, ${quoted(step.text)}, ${step.status});\nif (!${step.name}.ok()) {\n  ${answer(`${step.name}.status()`)}}\n`
      case 'either':
        return answer(`${test(step.test)} ? ${step.status} : ${step.other}`)
    }
  }
}

const writers: Record<MadeLanguage, Writer> = {
  javascript: {
    and: '&&',
    or: '||',
    not: '!',
    literal: String,
    missing: (input) => `!${input}`,
    is: (input, text, isEqual) => `${input} ${isEqual ? '===' : '!=='} ${quoted(text)}`,
    helped: (input, text) => `isIt(${input}, ${quoted(text)})`,
    filled: (name, kind) => (kind === 'list' ? `${name}.length > 0` : `Object.keys(${name}).length > 0`),
    listed: (name) => `${name} !== undefined`,
    chosen: (name, text) => `${name} === ${quoted(text)}`,
    step: braced('', 'let', (status) => `return res.status(${status}).json({ error: true })\n`),
    files: (handlers) => ({
      'package.json': '{"dependencies":{"express":"5.0.0"}}',
      'app.js': `
const express = require('express')
const app = express()
function risky(x) {
  if (x === 'x') throw new Error('lost')
  return x
}
function isIt(x, y) {
  return x === y
}
class Refused extends Error {
  constructor(status) {
    super('refused')
    this.status = status
  }
}
function refuse(x, y, status) {
  if (x === y) throw new Refused(status)
}
function inner(x, z, y, status) {
  if (!z) return
  refuse(x, y, status)
}
function checked(x, y, status) {
  if (x === y) return { ok: false, status }
  return { ok: true }
}
${handlers.map(({ name, body }) => `app.get('/${name}', (req, res) => {\n  const { a, b, c } = req.query\n${body}  res.json({ ok: true })\n})\n`).join('')}app.use((error, req, res, next) => {
  if (error instanceof Refused) return res.status(error.status).json({ error: true })
  next(error)
})
app.listen(80)
`,
    }),
  },
  python: {
    and: 'and',
    or: 'or',
    not: 'not ',
    literal: (value) => (value === true ? 'True' : value === false ? 'False' : JSON.stringify(value)),
    missing: (input) => `not ${input}`,
    is: (input, text, isEqual) => `${input} ${isEqual ? '==' : '!='} ${quoted(text)}`,
    helped: (input, text) => `is_it(${input}, ${quoted(text)})`,
    filled: (name) => name,
    listed: (name) => `${name} is not None`,
    chosen: (name, text) => `${name} == ${quoted(text)}`,
    step: (step, write, test) => {
      const block = (steps: readonly Step[]) => (steps.length > 0 ? write(steps) : '  pass\n')
      switch (step.k) {
        case 'let':
        case 'set':
          return `${step.name} = ${writers.python.literal(step.value)}\n`
        case 'if':
          return `if ${test(step.test)}:\n${block(step.body)}else:\n${block(step.otherwise)}`
        case 'switch':
          return `match ${step.on}:\n${[
            ...step.cases.map(({ text, body }) => `  case ${quoted(text)}:\n${indented(block(body))}`),
            step.rest ? `  case _:\n${indented(block(step.rest))}` : '',
          ].join('')}`
        case 'try':
          return `try:\n${write(step.before)}  risky(${step.risk})\n${write(step.after)}except Lost:\n${block(step.caught)}`
        case 'look':
          return `for one in [${list(step.among)}]:\n  if one == ${step.subject}:\n    ${step.name} = True\n`
        case 'answer':
          return `return jsonify(error=True), ${step.status}\n`
        case 'collect':
          return `${step.name} = ${step.kind === 'list' ? '[]' : '{}'}\n`
        case 'put':
          return step.kind === 'list'
            ? `${step.name}.append(${quoted(step.text)})\n`
            : `${step.name}[${quoted(step.text)}] = "wrong"\n`
        case 'table':
          return `${step.name} = {${step.keys.map((key, at) => `${quoted(key)}: ${at + 1}`).join(', ')}}.get(${step.subject})\n`
        case 'refuse':
          return `refuse(${step.subject}, ${quoted(step.text)}, ${step.status})\n`
        case 'each':
          return `for one in [${list(step.among)}]:\n  if one == ${step.subject}:\n${indented(block(step.body))}`
        case 'skip':
          return `for one in [${list(step.among)}]:\n  if one != ${step.subject}:\n    continue\n${block(step.body)}`
        case 'choose':
          return `${step.name} = "first" if ${test(step.test)} else "second"\n`
        case 'deep':
          return `inner(${step.subject}, ${step.other}, ${quoted(step.text)}, ${step.status})\n`
        case 'result':
          return `ok, ${step.name} = checked(${step.subject}, ${quoted(step.text)}, ${step.status})\nif not ok:\n  return jsonify(error=True), ${step.name}\n`
        case 'either':
          return `return jsonify(error=True), ${step.status} if ${test(step.test)} else ${step.other}\n`
      }
    },
    files: (handlers) => ({
      'requirements.txt': 'flask==3.0\n',
      'app.py': `
from flask import Flask, abort, jsonify, request
app = Flask(__name__)
class Lost(Exception):
  pass
def risky(x):
  if x == "x":
    raise Lost()
  return x
def is_it(x, y):
  return x == y
def refuse(x, y, status):
  if x == y:
    abort(status)
def inner(x, z, y, status):
  if not z:
    return
  refuse(x, y, status)
def checked(x, y, status):
  if x == y:
    return False, status
  return True, None
${handlers.map(({ name, body }) => `@app.get("/${name}")\ndef ${name}():\n${inputs.map((input) => `  ${input} = request.args.get("${input}")\n`).join('')}${body}  return jsonify(ok=True)\n`).join('')}`,
    }),
  },
  go: {
    and: '&&',
    or: '||',
    not: '!',
    literal: String,
    missing: (input) => `${input} == ""`,
    is: (input, text, isEqual) => `${input} ${isEqual ? '==' : '!='} ${quoted(text)}`,
    helped: (input, text) => `isIt(${input}, ${quoted(text)})`,
    filled: (name) => `len(${name}) > 0`,
    listed: (name) => `${name} != 0`,
    chosen: (name, text) => `${name} == ${quoted(text)}`,
    step: (step, write, test) => {
      switch (step.k) {
        case 'let':
          return `${step.name} := ${String(step.value)}\n`
        case 'set':
          return `${step.name} = ${String(step.value)}\n`
        case 'if':
          return `if ${test(step.test)} {\n${write(step.body)}} else {\n${write(step.otherwise)}}\n`
        case 'switch':
          return `switch ${step.on} {\n${step.cases.map(({ text, body }) => `case ${quoted(text)}:\n${write(body)}`).join('')}${step.rest ? `default:\n${write(step.rest)}` : ''}}\n`
        case 'try':
          return `${write(step.before)}if err := risky(${step.risk}); err != nil {\n${write(step.caught)}} else {\n${write(step.after)}}\n`
        case 'look':
          return `for _, one := range []string{${list(step.among)}} {\n  if one == ${step.subject} {\n    ${step.name} = true\n  }\n}\n`
        case 'answer':
          return `g.JSON(${step.status}, gin.H{"error": true})\nreturn\n`
        case 'collect':
          return step.kind === 'list'
            ? `var ${step.name} []string\n`
            : `${step.name} := make(map[string]string)\n`
        case 'put':
          return step.kind === 'list'
            ? `${step.name} = append(${step.name}, ${quoted(step.text)})\n`
            : `${step.name}[${quoted(step.text)}] = "wrong"\n`
        case 'table':
          return `${step.name} := map[string]int{${step.keys.map((key, at) => `${quoted(key)}: ${at + 1}`).join(', ')}}[${step.subject}]\n`
        case 'refuse':
          return `if refuse(g, ${step.subject}, ${quoted(step.text)}, ${step.status}) {\n  return\n}\n`
        case 'each':
          return `for _, one := range []string{${list(step.among)}} {\n  if one == ${step.subject} {\n${indented(write(step.body))}  }\n}\n`
        case 'skip':
          return `for _, one := range []string{${list(step.among)}} {\n  if one != ${step.subject} {\n    continue\n  }\n${write(step.body)}}\n`
        case 'choose':
          return `${step.name} := "second"\nif ${test(step.test)} {\n  ${step.name} = "first"\n}\n`
        case 'deep':
          return `if inner(g, ${step.subject}, ${step.other}, ${quoted(step.text)}, ${step.status}) {\n  return\n}\n`
        case 'result':
          return `if ok, ${step.name} := checked(${step.subject}, ${quoted(step.text)}, ${step.status}); !ok {\n  g.JSON(${step.name}, gin.H{"error": true})\n  return\n}\n`
        case 'either':
          return `if ${test(step.test)} {\n  g.JSON(${step.status}, gin.H{"error": true})\n} else {\n  g.JSON(${step.other}, gin.H{"error": true})\n}\nreturn\n`
      }
    },
    files: (handlers) => ({
      'go.mod': 'module barn\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.10.0\n',
      'main.go': `
package main

import (
	"errors"

	"github.com/gin-gonic/gin"
)

func risky(x string) error {
	if x == "x" {
		return errors.New("lost")
	}
	return nil
}

func isIt(x string, y string) bool {
	return x == y
}

func refuse(g *gin.Context, x string, y string, status int) bool {
	if x == y {
		g.JSON(status, gin.H{"error": true})
		return true
	}
	return false
}

func inner(g *gin.Context, x string, z string, y string, status int) bool {
	if z == "" {
		return false
	}
	return refuse(g, x, y, status)
}

func checked(x string, y string, status int) (bool, int) {
	if x == y {
		return false, status
	}
	return true, 0
}

${handlers.map(({ name, body }) => `func ${name}(g *gin.Context) {\n${inputs.map((input) => `  ${input} := g.Query("${input}")\n`).join('')}${body}  g.JSON(200, gin.H{"ok": true})\n}\n`).join('\n')}
func main() {
	r := gin.Default()
${handlers.map(({ name }) => `	r.GET("/${name}", ${name})\n`).join('')}	r.Run()
}
`,
    }),
  },
  java: {
    and: '&&',
    or: '||',
    not: '!',
    literal: String,
    missing: (input) => `${input} == null`,
    is: (input, text, isEqual) => `${isEqual ? '' : '!'}${quoted(text)}.equals(${input})`,
    helped: (input, text) => `isIt(${input}, ${quoted(text)})`,
    filled: (name) => `!${name}.isEmpty()`,
    listed: (name) => `${name} != null`,
    chosen: (name, text) => `${quoted(text)}.equals(${name})`,
    step: braced(';', 'boolean', (status) => `return ResponseEntity.status(${status}).build();\n`),
    files: (handlers) => ({
      'pom.xml':
        '<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId><version>3.3.0</version></dependency></dependencies></project>',
      'src/main/java/barn/Lost.java': 'package barn;\npublic class Lost extends RuntimeException {}\n',
      'src/main/java/barn/Barn.java': `package barn;
import java.util.*;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;
@RestController
public class Barn {
  static String risky(String x) {
    if ("x".equals(x)) throw new Lost();
    return x;
  }
  static boolean isIt(String x, String y) {
    return y.equals(x);
  }
  record Checked(boolean ok, int status) {}
  static void refuse(String x, String y, int status) {
    if (y.equals(x)) throw new ResponseStatusException(HttpStatusCode.valueOf(status));
  }
  static void inner(String x, String z, String y, int status) {
    if (z == null) return;
    refuse(x, y, status);
  }
  static Checked checked(String x, String y, int status) {
    if (y.equals(x)) return new Checked(false, status);
    return new Checked(true, 0);
  }
${handlers.map(({ name, body }) => `  @GetMapping("/${name}")\n  public ResponseEntity<String> ${name}(${inputs.map((input) => `@RequestParam(required = false) String ${input}`).join(', ')}) {\n${indented(body)}    return ResponseEntity.ok("ok");\n  }\n`).join('')}}
`,
    }),
  },
}
