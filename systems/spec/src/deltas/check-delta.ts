import type { DeltaOperation, Requirement, Scenario } from '../formats/document.ts'
import { readLines } from '../formats/markdown-lines.ts'
import { blockOf } from './block.ts'

export interface DeltaIssue {
  level: 'error' | 'warning'
  code:
    | 'delta-empty'
    | 'delta-twice'
    | 'delta-conflict'
    | 'delta-no-scenario'
    | 'rename-unpaired'
    | 'added-exists'
    | 'modified-nothing'
    | 'modified-drops-scenario'
    | 'removed-nothing'
    | 'renamed-nothing'
    | 'renamed-exists'
    | 'outside-delta'
    | 'spec-structure'
  /** The requirement it is about. */
  requirement: string
  message: string
}

interface CheckInput {
  spec: string
  isNew: boolean
  current: readonly Requirement[]
  delta: string
  requirements: readonly Requirement[]
  mayDrop: ReadonlySet<string>
}

/** Names that differ in case or spaces only are one name misspelt, never two requirements. */
const fold = (name: string) => name.toLowerCase().replaceAll(/\s+/g, ' ').trim()

/** All that is wrong with a delta against the spec that it changes; errors keep it from being applied. */
export function checkDelta(input: CheckInput): DeltaIssue[] {
  const { requirements } = input
  const issues = [...checkStructure(input), ...checkTwice(requirements), ...checkAcross(requirements)]
  if (requirements.length === 0)
    issues.push(
      error('delta-empty', '', 'The delta has no requirement under ADDED, MODIFIED, REMOVED or RENAMED.'),
    )
  // Names as they are when each operation's turn comes.
  const names = new Map(input.current.map((one) => [one.key, one]))
  const near = (name: string, except?: string) =>
    [...names.keys()].find((other) => other !== except && other !== name && fold(other) === fold(name))
  for (const one of of(requirements, 'renamed')) {
    const from = one.renamedFrom ?? ''
    const block = names.get(from)
    const misspelt = near(from, one.key)
    if (block === undefined) {
      if (!names.has(one.key) || misspelt !== undefined)
        issues.push(nothing('renamed-nothing', from, misspelt))
      continue
    }
    if (names.has(one.key) || near(one.key, from) !== undefined)
      issues.push(
        error('renamed-exists', one.key, `"${from}" can not become "${one.key}": there is one of that name.`),
      )
    names.delete(from)
    names.set(one.key, block)
  }
  for (const { key } of of(requirements, 'removed')) {
    if (names.delete(key)) continue
    const misspelt = near(key)
    const issue = nothing('removed-nothing', key, misspelt)
    // What is gone already was removed before; a name that nearly matches is a slip.
    issues.push(misspelt === undefined ? { ...issue, level: 'warning' } : issue)
  }
  for (const one of of(requirements, 'modified')) {
    const block = names.get(one.key)
    if (block === undefined) issues.push(nothing('modified-nothing', one.key, near(one.key)))
    else issues.push(...droppedScenarios(block, one, input.mayDrop))
  }
  for (const one of of(requirements, 'added')) {
    const block = names.get(one.key)
    const misspelt = near(one.key)
    if (block && blockOf(input.spec, block) !== blockOf(input.delta, one))
      issues.push(
        error('added-exists', one.key, `"${one.key}" is there already and says something else: modify it.`),
      )
    else if (!block && misspelt !== undefined)
      issues.push(error('added-exists', one.key, `"${one.key}" is there already, spelt "${misspelt}".`))
    if (!block) names.set(one.key, one)
  }
  for (const one of requirements)
    if ((one.operation === 'added' || one.operation === 'modified') && one.scenarios.length === 0)
      issues.push({
        ...error('delta-no-scenario', one.key, `"${one.key}" has no scenario: nothing says when it is met.`),
        level: 'warning',
      })
  return issues
}

/** Scenarios of the requirement that the modification has not: a modification replaces the whole block. */
function droppedScenarios(current: Requirement, incoming: Requirement, mayDrop: ReadonlySet<string>) {
  const left = [...incoming.scenarios]
  const take = (matches: (one: Scenario) => boolean) => {
    const at = left.findIndex(matches)
    return at !== -1 && left.splice(at, 1).length > 0
  }
  const dropped = current.scenarios
    .filter(({ name }) => !take((one) => one.name === name))
    // What says otherwise of the same case, or the same of another, is that scenario in other words.
    .filter((scenario) => !take((one) => isReworded(scenario, one)))
    .flatMap(({ name }) => (mayDrop.has(name) ? [] : [name]))
  if (dropped.length === 0) return []
  const list = dropped.map((name) => `"${name}"`).join(', ')
  return [
    error(
      'modified-drops-scenario',
      current.key,
      `The modification of "${current.key}" leaves out ${list} without saying so. Keep what stays, or say that it goes.`,
    ),
  ]
}

function isReworded(a: Scenario, b: Scenario): boolean {
  const parts = ({ steps }: Scenario) => {
    const then = steps.findIndex(({ keyword }) => keyword === 'then')
    const texts = steps.map(({ text }) => text)
    return then <= 0 ? null : { before: texts.slice(0, then).join('\n'), after: texts.slice(then).join('\n') }
  }
  const [one, other] = [parts(a), parts(b)]
  const when = ({ steps }: Scenario) => steps.find(({ keyword }) => keyword === 'when')?.text
  return (
    one !== null &&
    other !== null &&
    (one.before === other.before || (one.after === other.after && when(a) === when(b)))
  )
}

function checkTwice(requirements: readonly Requirement[]): DeltaIssue[] {
  const seen = new Set<string>()
  return requirements.flatMap(({ operation = 'added', key, renamedFrom }) => {
    const all = [`${operation} ${key}`, ...(renamedFrom === undefined ? [] : [`from ${renamedFrom}`])]
    const isTwice = all.some((one) => seen.has(one))
    for (const one of all) seen.add(one)
    return isTwice ? [error('delta-twice', key, `"${key}" is ${operation} twice.`)] : []
  })
}

function checkAcross(requirements: readonly Requirement[]): DeltaIssue[] {
  const issues: DeltaIssue[] = []
  const has = (operation: DeltaOperation, key: string) =>
    requirements.some((one) => one.operation === operation && one.key === key)
  for (const { key } of of(requirements, 'modified'))
    if (has('removed', key) || has('added', key))
      issues.push(error('delta-conflict', key, `"${key}" is modified and also removed or added.`))
  for (const { key } of of(requirements, 'added'))
    if (has('removed', key)) issues.push(error('delta-conflict', key, `"${key}" is both added and removed.`))
  for (const { key, renamedFrom = '' } of of(requirements, 'renamed')) {
    if (of(requirements, 'removed').some((one) => fold(one.key) === fold(renamedFrom)))
      issues.push(error('delta-conflict', renamedFrom, `"${renamedFrom}" is both renamed and removed.`))
    if (has('modified', renamedFrom))
      issues.push(
        error(
          'delta-conflict',
          renamedFrom,
          `"${renamedFrom}" is renamed: modify it by its new name "${key}".`,
        ),
      )
    if (has('added', key))
      issues.push(error('delta-conflict', key, `"${key}" is both added and what another is renamed to.`))
  }
  return issues
}

const sectionForm = /^(?:ADDED|MODIFIED|REMOVED|RENAMED) Requirements$/i

function checkStructure({ spec, delta, isNew, current, requirements }: CheckInput): DeltaIssue[] {
  const issues: DeltaIssue[] = []
  let section = ''
  for (const { heading, isVerbatim } of readLines(spec)) {
    if (isVerbatim || !heading) continue
    if (heading.level === 2) section = heading.text
    if (heading.level === 2 && sectionForm.test(section))
      issues.push(error('spec-structure', '', `The main spec has the heading "${section}" of a delta.`))
    if (heading.level === 3 && /^Requirement:/i.test(heading.text) && !/^requirements$/i.test(section))
      issues.push(
        error(
          'spec-structure',
          heading.text,
          `"${heading.text}" stands outside \`## Requirements\` of the main spec.`,
        ),
      )
  }
  const keys = current.map(({ key }) => key)
  const twice = keys.find((key, at) => keys.indexOf(key) !== at)
  if (twice !== undefined) issues.push(error('spec-structure', twice, `The main spec has "${twice}" twice.`))
  if (isNew && requirements.some(({ operation }) => operation === 'modified' || operation === 'renamed'))
    issues.push(error('modified-nothing', '', 'The capability has no spec yet: a delta can only add to it.'))
  section = ''
  let froms = 0
  for (const { heading, isVerbatim, text } of readLines(delta)) {
    if (isVerbatim) continue
    if (heading?.level === 2) section = heading.text
    if (heading?.level === 3 && /^Requirement:/i.test(heading.text) && !sectionForm.test(section))
      issues.push({
        ...error(
          'outside-delta',
          heading.text,
          `"${heading.text}" stands under no section of the delta and is left out.`,
        ),
        level: 'warning',
      })
    if (/^renamed/i.test(section) && /^\s*[-*+]?\s*FROM:/.test(text)) froms++
    if (/^renamed/i.test(section) && /^\s*[-*+]?\s*TO:/.test(text)) froms--
  }
  if (froms !== 0)
    issues.push(error('rename-unpaired', '', 'A line FROM or TO of RENAMED has no other to go with it.'))
  return issues
}

const of = (requirements: readonly Requirement[], operation: DeltaOperation) =>
  requirements.filter((one) => one.operation === operation)

function error(code: DeltaIssue['code'], requirement: string, message: string): DeltaIssue {
  return { level: 'error', code, requirement, message }
}

function nothing(code: DeltaIssue['code'], name: string, misspelt: string | undefined): DeltaIssue {
  return error(
    code,
    name,
    misspelt === undefined
      ? `The spec has no requirement "${name}".`
      : `The spec has no requirement "${name}", but "${misspelt}": spell it so.`,
  )
}
