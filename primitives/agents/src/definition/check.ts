import { findNearest } from '@heavylift/core/runtime/nearest'
import { alwaysIs, checkExpression, checkTemplate } from './check-expressions.ts'
import type { CheckedTemplate } from './check-expressions.ts'
import { Graph } from './graph.ts'
import { exitsOf, outputType } from './step-types.ts'
import type { ToolTypes } from './step-types.ts'
import type { Names } from '../expressions/typing.ts'
import { any, typeOfSchema } from '../expressions/types.ts'
import type { Type } from '../expressions/types.ts'
import type { AgentDefinition } from './definition.ts'
import type { Step } from './step.ts'

/** A fault of a definition that its schema cannot say. */
export interface DefinitionProblem {
  code: string
  /** What is wrong, what was expected, and the nearest name where one is near. */
  message: string
  /** The way to the value that is wrong: `['steps', 2, 'with', 'amount']`. */
  path: readonly (string | number)[]
  /** Where in that value, which is a text, in UTF-16 units; absent where it is the whole of it. */
  offset?: number
  /** The innermost step it is about. */
  step?: string
}

/** What is known beside the definition: schemas of its tools by their id in it, outputs of agents by name. */
export interface Surroundings {
  tools?: ToolTypes
  agents?: Readonly<Record<string, unknown>>
}

/**
 * Circles, names that are there twice or not at all, steps that nothing leads to, agents that call themselves, and expressions whose types
 * cannot fit. In the order of the definition. Only what is sure is named: what a tool does not say about its answer is let through.
 */
export function problemsOf(
  definition: AgentDefinition,
  surroundings: Surroundings = {},
): DefinitionProblem[] {
  const check = new Check(definition, surroundings)
  check.all()
  return check.problems
}

class Check {
  readonly problems: DefinitionProblem[] = []
  readonly #definition: AgentDefinition
  readonly #surroundings: Surroundings
  readonly #tools: string[]

  constructor(definition: AgentDefinition, surroundings: Surroundings) {
    this.#definition = definition
    this.#surroundings = surroundings
    this.#tools = definition.tools.map(({ id }) => id)
  }

  all(): void {
    const { tools, triggers, policy, steps, input, result, subject } = this.#definition
    this.#twice(tools, ['tools'], 'tool-twice', 'tools')
    this.#twice(triggers, ['triggers'], 'trigger-twice', 'triggers')
    this.#twice(policy, ['policy'], 'rule-twice', 'rules')
    tools.forEach((tool, at) => {
      if (tool.from === `agent:${this.#definition.name}`) this.#callsItself(['tools', at, 'from'])
    })
    const names: Names = { input: typeOfSchema(input), run: runType }
    policy.forEach(({ when }, at) =>
      this.#take(checkExpression(when, policyNames(), { kind: 'bool' }), ['policy', at, 'when']),
    )
    if (subject !== undefined) this.#take(checkTemplate(subject, { input: names['input']! }), ['subject'])
    const all = this.#steps(steps, ['steps'], names, {})
    if (result !== undefined) this.#take(checkTemplate(result, { ...names, steps: record(all) }), ['result'])
  }

  /** Checks steps beside each other; gives the types of their results by id. */
  #steps(
    steps: readonly Step[],
    path: readonly (string | number)[],
    names: Names,
    before: Readonly<Record<string, Type>>,
  ): Record<string, Type> {
    this.#twice(steps, path, 'step-twice', 'steps')
    const graph = new Graph(steps)
    const ids = steps.map(({ id }) => id)
    for (const [at, step] of steps.entries()) this.#after(step, [...path, at, 'after'], steps, ids)
    const circle = graph.circle()
    if (circle.length > 0)
      this.problems.push({
        code: 'steps-in-circle',
        step: circle[0]!,
        path: [...path, ids.indexOf(circle[0]!), 'after'],
        message: `The steps ${circle.join(', ')} wait for each other; take one \`after\` away.`,
      })
    const results: Record<string, Type> = {}
    for (const id of graph.inOrder()) {
      const at = ids.indexOf(id)
      const step = steps[at]!
      const seen: Record<string, Type> = { ...before }
      for (const ancestor of graph.ancestors(id)) if (ancestor in results) seen[ancestor] = results[ancestor]!
      results[id] = this.#step(step, [...path, at], { ...names, steps: record(seen) }, seen, [
        ...ids,
        ...Object.keys(before),
      ])
    }
    return { ...before, ...results }
  }

  #step(
    step: Step,
    path: readonly (string | number)[],
    names: Names,
    seen: Readonly<Record<string, Type>>,
    ids: readonly string[],
  ): Type {
    const take = (checked: CheckedTemplate, ...at: (string | number)[]): Type => {
      this.#take(checked, [...path, ...at], step.id, (name) => later(name, ids, seen))
      return checked.type
    }
    const cel = (source: string | undefined, wanted: Type, ...at: (string | number)[]): void => {
      if (source !== undefined) take(checkExpression(source, names, wanted), ...at)
    }
    cel(step.when, { kind: 'bool' }, 'when')
    if (alwaysIs(step.when, false))
      this.#unreachable(
        step.id,
        [...path, 'when'],
        `The step "${step.id}" never runs: its \`when\` is never true.`,
      )
    let inside: Type = any
    switch (step.kind) {
      case 'tool':
        this.#tool(step.tool, [...path, 'tool'], step.id)
        take(checkTemplate(step.with, names, this.#surroundings.tools?.[step.tool]?.input), 'with')
        break
      case 'model':
        take(checkTemplate(step.prompt, names), 'prompt')
        if (step.system !== undefined) take(checkTemplate(step.system, names), 'system')
        break
      case 'branch':
        this.#twice(step.cases, [...path, 'cases'], 'case-twice', 'cases')
        step.cases.forEach(({ when }, at) => cel(when, { kind: 'bool' }, 'cases', at, 'when'))
        this.#hiddenCases(step, path)
        break
      case 'wait':
        cel(step.until, { kind: 'either', of: [{ kind: 'timestamp' }, { kind: 'string' }] }, 'until')
        this.#oneOf(step, path)
        break
      case 'approve':
        take(checkTemplate(step.ask, names), 'ask')
        if (step.show !== undefined) take(checkTemplate(step.show, names), 'show')
        break
      case 'agent':
        if (step.agent === this.#definition.name) this.#callsItself([...path, 'agent'], step.id)
        take(checkTemplate(step.with, names), 'with')
        break
      case 'code':
        take(checkTemplate(step.with, names), 'with')
        break
      case 'set':
        inside = take(checkTemplate(step.value, names), 'value')
        break
      case 'loop': {
        step.tools.forEach((tool, at) => this.#tool(tool, [...path, 'tools', at], step.id))
        take(checkTemplate(step.goal, names), 'goal')
        if (step.system !== undefined) take(checkTemplate(step.system, names), 'system')
        const turns: Names = {
          ...names,
          turn: { kind: 'int' },
          calls: { kind: 'int' },
          text: { kind: 'string' },
        }
        if (step.stop !== undefined) take(checkExpression(step.stop, turns, { kind: 'bool' }), 'stop')
        break
      }
      case 'map': {
        const over = checkExpression(step.over, names, { kind: 'list', of: any })
        take(over, 'over')
        const item = over.type.kind === 'list' ? over.type.of : any
        const inner: Names = { ...names, [step.as]: item, index: { kind: 'int' } }
        const all = this.#steps(step.steps, [...path, 'steps'], inner, seen)
        const last = step.steps.at(-1)
        inside = resultOutput(last === undefined ? any : (all[last.id] ?? any))
        if (step.result !== undefined)
          inside = take(checkTemplate(step.result, { ...inner, steps: record(all) }), 'result')
        break
      }
      default:
    }
    return resultType(
      outputType(step, this.#surroundings.tools ?? {}, this.#surroundings.agents ?? {}, inside),
    )
  }

  #after(
    step: Step,
    path: readonly (string | number)[],
    steps: readonly Step[],
    ids: readonly string[],
  ): void {
    for (const [at, each] of step.after.entries()) {
      const [id = '', exit] = each.split('/', 2)
      const before = steps.find((other) => other.id === id)
      if (before === undefined) {
        this.problems.push({
          code: 'after-unknown',
          step: step.id,
          path: [...path, at],
          message: `The step "${step.id}" comes after "${id}", and there is no such step beside it. ${nearest(id, ids)}`,
        })
        continue
      }
      const exits = exitsOf(before)
      if (exit !== undefined && !exits.includes(exit))
        this.problems.push({
          code: 'exit-unknown',
          step: step.id,
          path: [...path, at],
          message: `The step "${id}" has no exit "${exit}". ${nearest(exit, exits)}`,
        })
    }
  }

  #tool(id: string, path: readonly (string | number)[], step: string): void {
    if (this.#tools.includes(id)) return
    this.problems.push({
      code: 'tool-undeclared',
      step,
      path,
      message: `The step "${step}" uses the tool "${id}", which is not in the definition's list of tools. ${nearest(id, this.#tools)}`,
    })
  }

  #oneOf(step: Extract<Step, { kind: 'wait' }>, path: readonly (string | number)[]): void {
    const given = [step.for, step.until, step.event].filter((value) => value !== undefined).length
    if (given !== 1)
      this.problems.push({
        code: 'wait-unclear',
        step: step.id,
        path: [...path],
        message: `The step "${step.id}" waits ${given === 0 ? 'for nothing' : 'for several things'}. Give one of for, until and event.`,
      })
  }

  /** Cases after one that is always taken. */
  #hiddenCases(step: Extract<Step, { kind: 'branch' }>, path: readonly (string | number)[]): void {
    const taken = step.cases.findIndex(({ when }) => alwaysIs(when, true))
    if (taken === -1 || taken === step.cases.length - 1) return
    this.#unreachable(
      step.id,
      [...path, 'cases', taken + 1],
      `The case "${step.cases[taken + 1]!.id}" is never reached: "${step.cases[taken]!.id}" before it is always true.`,
    )
  }

  #unreachable(step: string, path: readonly (string | number)[], message: string): void {
    this.problems.push({ code: 'unreachable', step, path, message })
  }

  #callsItself(path: readonly (string | number)[], step?: string): void {
    this.problems.push({
      code: 'calls-itself',
      ...(step === undefined ? {} : { step }),
      path,
      message: `The agent would call itself: ${this.#definition.name} → ${this.#definition.name}. Take the call away; a map repeats, and a loop goes on.`,
    })
  }

  #twice(
    named: readonly { id: string }[],
    path: readonly (string | number)[],
    code: string,
    what: string,
  ): void {
    const seen = new Set<string>()
    for (const [at, { id }] of named.entries()) {
      if (seen.has(id))
        this.problems.push({
          code,
          ...(code === 'step-twice' ? { step: id } : {}),
          path: [...path, at, 'id'],
          message: `Two ${what} are called "${id}"; give one another id.`,
        })
      seen.add(id)
    }
  }

  #take(
    { problems }: CheckedTemplate,
    path: readonly (string | number)[],
    step?: string,
    hint: (field: string) => string = () => '',
  ): void {
    for (const { at, offset, code, message, field } of problems)
      this.problems.push({
        code,
        ...(step === undefined ? {} : { step }),
        path: [...path, ...at],
        ...(offset === undefined ? {} : { offset }),
        message: (field === undefined ? '' : hint(field)) || message,
      })
  }
}

/** A step that is there, and has not surely run before the one that reads it. */
function later(field: string, ids: readonly string[], seen: Readonly<Record<string, Type>>): string {
  return ids.includes(field) && !(field in seen)
    ? `The step "${field}" has not run yet when this one does. Put "${field}" into its \`after\`.`
    : ''
}

function nearest(name: string, known: readonly string[]): string {
  const near = findNearest(name, known)
  if (near !== null) return `Did you mean "${near}"?`
  return known.length === 0 ? '' : `There is ${known.slice(0, 12).join(', ')}.`
}

const runType: Type = {
  kind: 'record',
  fields: {
    id: { kind: 'string' },
    agent: { kind: 'string' },
    version: { kind: 'int' },
    startedMs: { kind: 'int' },
  },
  rest: null,
}

function policyNames(): Names {
  return { agent: any, user: any, tool: any, args: any, origins: any, reach: any }
}

const record = (fields: Readonly<Record<string, Type>>): Type => ({ kind: 'record', fields, rest: null })

function resultType(output: Type): Type {
  const failure: Type = {
    kind: 'record',
    fields: { code: { kind: 'string' }, message: { kind: 'string' } },
    rest: any,
  }
  return record({
    output,
    exit: { kind: 'string' },
    error: { kind: 'either', of: [{ kind: 'null' }, failure] },
  })
}

function resultOutput(result: Type): Type {
  return result.kind === 'record' ? (result.fields.output ?? any) : any
}
