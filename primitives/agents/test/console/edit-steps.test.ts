import { describe, expect, it } from 'vitest'
import {
  addStep,
  connect,
  disconnect,
  removeSteps,
  stepOfPath,
  stepsOf,
} from '../../console/studio/edit-steps.ts'
import { stepKinds } from '../../console/graph/kind-words.tsx'
import type { StepKind } from '../../src/definition/step.ts'
import { checkFile } from '../../src/files/check-file.ts'
import { editText } from '../../src/files/edit-file.ts'
import { parseFile } from '../../src/files/parse-file.ts'

const start = `schema: heavylift.agent/1
name: notes
title: Notes
tools: [{ id: mail, from: code, tool: mail }]
steps:
  - { id: sort, kind: branch, cases: [{ id: big, when: "true" }] }
  - id: ask # a person
    kind: approve
    after: [sort/big]
    who: [boss]
    ask: Go?
  - { id: tell, kind: set, value: 1, after: [ask/approved, sort/otherwise] }
`
const value = (text: string) => parseFile(text).value
const edges = (text: string) =>
  stepsOf(value(text)).map(({ step }) => [
    step['id'],
    ((step['after'] as string[] | undefined) ?? []).toSorted(),
  ])

describe('steps on the canvas', () => {
  it('of every kind are added whole behind the one that is chosen [AGENTS-STUDIO-03]', () => {
    for (const kind of Object.keys(stepKinds) as StepKind[]) {
      const fields = kind === 'tool' ? { tool: 'mail' } : kind === 'agent' ? { agent: 'other' } : {}
      const { id, changes } = addStep(value(start), kind, { after: 'ask', fields })
      const text = editText(start, changes)
      expect(checkFile(text).problems, kind).toEqual([])
      expect(edges(text).find(([each]) => each === id)).toEqual([id, ['ask/approved']])
      expect(text).toContain('# a person')
    }
    const { changes } = addStep(value(start), 'set', { after: null })
    expect(edges(editText(start, changes)).at(-1)).toEqual(['set', []])
    expect(addStep(value(start), 'set', { after: 'sort', name: 'Tell' }).id).toBe('tell_2')
  })

  it('that are taken away leave what came after them behind what was before [AGENTS-STUDIO-03]', () => {
    expect(edges(editText(start, removeSteps(value(start), ['ask'])))).toEqual([
      ['sort', []],
      ['tell', ['sort/big', 'sort/otherwise']],
    ])
    expect(edges(editText(start, removeSteps(value(start), ['ask', 'sort'])))).toEqual([['tell', []]])
  })

  it('are connected and cut by their exits [AGENTS-STUDIO-03]', () => {
    const edge = { from: 'ask', exit: 'refused', to: 'tell' }
    const text = editText(start, connect(value(start), edge))
    expect(edges(text).at(-1)).toEqual(['tell', ['ask/approved', 'ask/refused', 'sort/otherwise']])
    expect(connect(value(text), edge)).toEqual([])
    expect(edges(editText(text, disconnect(value(text), edge)))).toEqual(edges(start))
  })

  it('are found by the path of a problem', () => {
    expect(stepOfPath(value(start), 'steps[1].ask')).toEqual({ id: 'ask', field: 'ask' })
    expect(stepOfPath(value(start), 'tools[0].id')).toBeNull()
    expect(stepOfPath({ steps: [{ id: 'm', steps: [{ id: 'x' }] }] }, 'steps[0].steps[0].with.a')).toEqual({
      id: 'x',
      field: 'with.a',
    })
  })
})
