import { flaskRoutes } from './python-shells.ts'
import { pythonWays } from './python-ways.ts'
import { helpOf, indented, list, quoted } from './writer.ts'
import type { Step } from './steps.ts'
import type { Writer } from './writer.ts'

const answer = (status: string) => `return jsonify(error=True), ${status}\n`

/** What all services have besides their handlers. */
export const pythonHelp = `import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from functools import wraps
class Lost(Exception):
  pass
def risky(x):
  if x == "x":
    raise Lost()
  return x
class Refused(Exception):
  def __init__(self, status):
    self.status = status
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
`

export const python: Writer = {
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
  marked: (name, isHigh) => `g.${name} ${isHigh ? '==' : '!='} "high"`,
  answer,
  ways: pythonWays,
  step: (step, write, test) => {
    const block = (steps: readonly Step[]) => (steps.length > 0 ? write(steps) : '  pass\n')
    switch (step.k) {
      case 'let':
      case 'set':
        return `${step.name} = ${python.literal(step.value)}\n`
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
from flask import Blueprint, Flask, abort, g, jsonify, request
app = Flask(__name__)
${pythonHelp}${helpOf(pythonWays, handlers)}${flaskRoutes(handlers)}`,
  }),
}
