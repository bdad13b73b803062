import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyDelta } from '../../src/deltas/apply-delta.ts'
import { runDeltasEval } from '../../src/evals/deltas/deltas.ts'

const samples = join(import.meta.dirname, '..', '..', 'samples', 'deltas')
const spec = readFileSync(join(samples, 'limit', 'spec.md'), 'utf8')
const apply = (delta: string, main: string | null = spec, mayDrop?: Set<string>) =>
  applyDelta({ spec: main, delta, capability: 'loans', change: 'limit-loans', ...(mayDrop && { mayDrop }) })

function codes(delta: string, main: string | null = spec): string[] {
  const result = apply(delta, main)
  return result.isApplied
    ? []
    : result.issues.filter(({ level }) => level === 'error').map(({ code }) => code)
}

const scenario = (name: string) => `\n#### Scenario: ${name}\n\n- **WHEN** a\n- **THEN** b\n`
const requirement = (name: string, scenarios = [scenario('One')]) =>
  `### Requirement: ${name}\n\nIt SHALL be.\n${scenarios.join('')}`

test('applies deltas as the tool of OpenSpec does [SPEC-DELTAS-01]', async () => {
  const { metrics, failures } = await runDeltasEval({
    dataDir: null,
    report: () => {},
    signal: new AbortController().signal,
  })
  expect(failures).toEqual([])
  expect(metrics).toMatchObject({ cases: 5, equal: 5, equalBytes: 5, refused: 2 })
})

test('refuses a modification that matches nothing, and names the one that was meant [SPEC-DELTAS-02]', () => {
  expect(codes(`## MODIFIED Requirements\n${requirement('Limit of Loans')}`)).toEqual(['modified-nothing'])
  const result = apply(`## MODIFIED Requirements\n${requirement('Limit of Loans')}`)
  expect(result).toMatchObject({
    issues: [{ message: 'The spec has no requirement "Limit of Loans", but "Limit of loans": spell it so.' }],
  })
  expect(codes(`## MODIFIED Requirements\n${requirement('A')}`, null)).toContain('modified-nothing')
})

test('refuses a modification that leaves out a scenario, unless somebody said that it goes [SPEC-DELTAS-02]', () => {
  const delta = `## MODIFIED Requirements\n${requirement('Limit of loans')}`
  expect(codes(delta)).toEqual(['modified-drops-scenario'])
  expect(apply(delta, spec, new Set(['The sixth']))).toMatchObject({
    isApplied: true,
    counts: { modified: 1 },
  })
})

test.each([
  ['added-exists', `## ADDED Requirements\n${requirement('Limit of loans')}`],
  ['added-exists', `## ADDED Requirements\n${requirement('limit of  loans')}`],
  ['removed-nothing', '## REMOVED Requirements\n### Requirement: limit of loans\n'],
  ['renamed-nothing', '## RENAMED Requirements\n- FROM: `### Requirement: X`\n- TO: `### Requirement: Y`\n'],
  [
    'renamed-exists',
    '## RENAMED Requirements\n- FROM: `### Requirement: Borrow a copy`\n- TO: `### Requirement: Limit of loans`\n',
  ],
  ['rename-unpaired', '## RENAMED Requirements\n- FROM: `### Requirement: Borrow a copy`\n'],
  ['delta-empty', '## ADDED Requirements\n'],
  ['delta-twice', `## ADDED Requirements\n${requirement('A')}\n${requirement('A')}`],
  [
    'delta-conflict',
    `## ADDED Requirements\n${requirement('A')}\n## REMOVED Requirements\n### Requirement: A\n`,
  ],
])('refuses %s', (code, delta) => {
  expect(codes(delta)).toContain(code)
})

test('changes what a delta names and no other byte [SPEC-DELTAS-01]', () => {
  const main = `\uFEFF# Loans\r\n\r\n\r\n## Purpose\r\nx\r\n## Requirements\r\n\r\n\r\n${requirement('A').replaceAll('\n', '\r\n')}\r\n\r\n${requirement('B').replaceAll('\n', '\r\n')}\r\n\r\n## Notes  \r\nkept`
  const result = apply(`## MODIFIED Requirements\n${requirement('B').replace('be', 'be better')}`, main)
  expect(result).toMatchObject({ isApplied: true, text: main.replace(/(B\r\n\r\nIt SHALL be)/, '$1 better') })
  const added = apply(`## ADDED Requirements\n${requirement('C')}`, main)
  expect(added).toMatchObject({
    isApplied: true,
    text: main.replace(
      /\r\n\r\n\r\n## Notes/,
      `\r\n\r\n${requirement('C').trimEnd().replaceAll('\n', '\r\n')}\r\n\r\n## Notes`,
    ),
  })
})

test('applies twice what once was enough for', () => {
  const delta = `## ADDED Requirements\n${requirement('A')}\n## REMOVED Requirements\n### Requirement: Gone\n`
  const once = apply(delta)
  if (!once.isApplied) throw new Error('not applied')
  expect(apply(delta, once.text)).toMatchObject({
    isApplied: true,
    text: once.text,
    counts: { added: 0, removed: 0 },
  })
})
