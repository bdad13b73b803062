import { records, record, text } from '../json.ts'
import { cut } from '../names.ts'
import { conditionsToCel, test } from './conditions.ts'
import { at } from './node-step.ts'
import type { NodeInput, NodeStep } from './node-step.ts'

export function branch(
  input: NodeInput,
  cases: { id: string; when: string | null }[],
  exits: Record<number, string>,
): NodeStep {
  const open = cases.filter(({ when }) => when === null)
  return {
    step: {
      kind: 'branch',
      cases: cases.map(({ id, when }) => ({ id, when: when === null ? 'false' : cut(when, 10_000) })),
    },
    state: open.length > 0 ? 'by-hand' : 'mapped',
    ...(open.length > 0
      ? { note: 'A condition of it has no CEL: it is never true until somebody writes it.' }
      : {}),
    exits,
    isPassing: true,
  }
}

export function condition(input: NodeInput): string | null {
  const any = input.node.parameters['combineOperation'] === 'any'
  return conditionsToCel(at(input, 'conditions'), input.values, `${input.place}/conditions`, any)
}

export function switchStep(input: NodeInput): NodeStep {
  const { values, place } = input
  const given = record(at(input, 'rules'))
  const rules = records(given['values'] ?? given['rules'])
  const exits: Record<number, string> = {}
  if (at(input, 'mode') === 'expression') {
    const output = values.cel(at(input, 'output'), `${place}/output`)
    const count = Number(at(input, 'numberOutputs') ?? 4)
    const cases = Array.from({ length: Math.min(Math.max(count, 1), 50) }, (_, index) => {
      exits[index] = `output_${index}`
      return { id: `output_${index}`, when: output === null ? null : `${output} == ${index}` }
    })
    return branch(input, cases, exits)
  }
  const cases = rules.slice(0, 50).map((rule, index) => {
    const output = typeof rule['output'] === 'number' ? rule['output'] : index
    const id = `output_${index}`
    // Several rules may lead to one output: the first by that number stands for it.
    exits[output] ??= id
    const when = rule['conditions']
      ? conditionsToCel(rule['conditions'], values, `${place}/rules/${index}`)
      : test(
          text(at(input, 'dataType'), 'string'),
          text(rule['operation'], 'equal'),
          values,
          `${place}/rules/${index}`,
          at(input, 'value1'),
          rule['value2'],
        )
    return { id: exits[output] === id ? id : `${id}_too`, when }
  })
  const fallback = record(at(input, 'options'))['fallbackOutput'] ?? at(input, 'fallbackOutput')
  if (fallback === 'extra') exits[rules.length] = 'otherwise'
  else if (typeof fallback === 'number' && fallback >= 0) exits[fallback] ??= 'otherwise'
  if (cases.length === 0) return branch(input, [{ id: 'output_0', when: null }], { 0: 'output_0', ...exits })
  return branch(input, cases, exits)
}
