import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fact } from '../../src/facts/fact.ts'
import { readOpenSpec } from '../../src/formats/openspec.ts'
import { build } from '../../src/plan/build.ts'
import type { BuildInput } from '../../src/plan/build.ts'
import { changeBetween } from '../../src/plan/change.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import { fact } from '../made-facts.ts'

/** Reads a service that is a table: a line `METHOD path status` for each operation. */
export function extract(folder: string): Promise<Fact[]> {
  const facts = readdirSync(join(folder, 'src')).flatMap((name) => {
    const text = readFileSync(join(folder, 'src', name), 'utf8')
    return [...text.matchAll(/([A-Z]+) (\/\S+) (\d{3})/g)].flatMap((match) => {
      const evidence = [
        {
          path: `src/${name}`,
          symbol: '',
          startByte: match.index,
          endByte: match.index + match[0].length,
          line: 1,
          tokenHash: match[0],
        },
      ]
      const base = { service: '', grade: 'proved' as const, condition: [[]], evidence }
      const operation = fact({
        ...base,
        kind: 'operation',
        method: match[1] ?? '',
        path: match[2] ?? '',
        handler: '',
        framework: 'table',
        summary: '',
      })
      return [
        operation,
        fact({
          ...base,
          kind: 'response',
          operation: operation.id,
          status: Number(match[3]),
          mediaType: '',
          shape: { type: 'unknown' },
        }),
      ]
    })
  })
  return Promise.resolve(facts)
}

const specOf = (status: number) =>
  readOpenSpec(
    `## Requirements\n\n### Requirement: POST /loans\n\nTHE service SHALL answer POST /loans.\nWHEN a client sends POST /loans, the service SHALL answer ${status}.\n`,
    'spec',
  )

export interface TableBuild {
  repository: string
  runsFolder: string
  behaviour: string
  /** File that has a dot for each turn of the agent. */
  turns: string
  testCommand: readonly [string, ...string[]] | null
  onStep?: NonNullable<BuildInput['onStep']>
  finish?: NonNullable<BuildInput['finish']>
}

/** Builds the change from 201 to 202 with the scripted agent. */
export async function buildTable({
  repository,
  runsFolder,
  behaviour,
  turns,
  testCommand,
  ...rest
}: TableBuild) {
  const before = await extract(repository)
  return build({
    name: 'answer-202',
    repository,
    runsFolder,
    plan: makePlan(changeBetween(specOf(201), specOf(202)), before),
    before,
    agentCommand: [
      process.execPath,
      '--no-warnings',
      join(import.meta.dirname, 'scripted-agent-child.ts'),
      behaviour,
      turns,
    ],
    testCommand,
    extract,
    onLine: () => undefined,
    signal: new AbortController().signal,
    ...rest,
  })
}
