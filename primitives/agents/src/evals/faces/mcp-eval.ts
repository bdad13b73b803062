import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvalidInputError } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { parse } from 'yaml'
import { mcpKitAgents } from './mcp-kit-agents.ts'
import { startProductServer } from './product-server.ts'
import { runKit } from './run-kit.ts'

const revisions = ['2025-11-25', '2026-07-28'] as const
const client = fileURLToPath(new URL('mcp-client.ts', import.meta.url))

/**
 * The public conformance suite of MCP (`--kit`, its package with what it needs) against the product's server and against its client, at two revisions: scenarios
 * that the suite requires of a revision. A scenario passes where none of its checks failed.
 */
export async function runMcpEval(input: MeasureInput): ReturnType<Measure['run']> {
  const kit = input.options?.['kit'] ?? input.dataDir
  if (typeof kit !== 'string')
    throw new InvalidInputError({
      code: 'kit-missing',
      message:
        'Give the public conformance suite with --kit DIR: a folder where the package @modelcontextprotocol/conformance (0.2) is installed.',
    })
  const dir = join(kit, 'node_modules', '@modelcontextprotocol', 'conformance')
  const server = await startProductServer(input.signal)
  const results = await mkdtemp(join(tmpdir(), 'heavylift-mcp-'))
  const sources: Record<string, Record<string, number>> = {}
  const failures: string[] = []
  try {
    for (const agent of mcpKitAgents) await server.publish(agent)
    const legs = revisions.flatMap((revision) => [
      { revision, leg: 'server', target: ['--url', `${server.address}/api/agents/mcp`] },
      { revision, leg: 'client', target: ['--command', `${process.execPath} ${client}`] },
    ])
    for (const [done, { revision, leg, target }] of legs.entries()) {
      input.report({ stage: `${leg} ${revision}`, done, total: legs.length, unit: 'runs' })
      const required = await requiredBy(dir, revision, leg)
      const out = join(results, `${leg}-${revision}`)
      const output = await runKit(
        process.execPath,
        [join(dir, 'dist', 'index.js'), leg, ...target, '--requirements', revision, '-o', out],
        { cwd: results, signal: input.signal },
      )
      const found = await readResults(out).catch((cause: unknown) => {
        throw new InvalidInputError({
          code: 'kit-failed',
          message: `The suite wrote no results. Its last output:\n${output.slice(-2_000)}`,
          cause,
        })
      })
      const bad = required.filter((scenario) => found.get(scenario) !== null)
      sources[`${leg} ${revision}`] = {
        n: required.length,
        passed: required.length - bad.length,
        total: required.length,
      }
      for (const scenario of bad)
        failures.push(`${leg} ${revision} ${scenario}: ${found.get(scenario) ?? 'did not run'}`)
    }
  } finally {
    await server.close()
    await rm(results, { recursive: true, force: true })
  }
  const sum = (name: 'passed' | 'total'): number =>
    Object.values(sources).reduce((all, each) => all + (each[name] ?? 0), 0)
  return {
    n: sum('total'),
    metrics: { passed: sum('passed'), total: sum('total') },
    sources,
    failures,
    notes: [
      'Agents are tools and runs are resources: resources of other addresses, logging, and tools that ask their caller for a model or for roots are not offered, and count as failed.',
    ],
  }
}

/** Names of scenarios that a revision requires of a leg, as the suite has frozen them. */
async function requiredBy(dir: string, revision: string, leg: string): Promise<string[]> {
  const text = await readFile(join(dir, 'requirements', `${revision}.yaml`), 'utf8').catch(
    (cause: unknown) => {
      throw new InvalidInputError({
        code: 'kit-missing',
        message: `${dir} is no conformance suite with requirements of ${revision}. Install version 0.2 or later.`,
        cause,
      })
    },
  )
  return (parse(text) as Record<string, string[]>)[leg] ?? []
}

interface Check {
  id: string
  status: string
  errorMessage?: string
}

/** What came of each scenario: null where nothing failed, else why. */
async function readResults(out: string): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>()
  for (const entry of await readdir(out, { recursive: true })) {
    const path = /^(?:server-)?(.+)-\d{4}-\d\d-\d\dT[\d-]+Z[/\\]checks\.json$/.exec(entry)
    if (path === null) continue
    const checks = JSON.parse(await readFile(join(out, entry), 'utf8')) as Check[]
    const bad = checks.filter(({ status }) => status === 'FAILURE')
    const why = bad.map(({ id, errorMessage = '' }) => `${id} ${errorMessage}`.trim()).join('; ')
    found.set(path[1]!, bad.length === 0 && checks.length > 0 ? null : (why || 'no check').slice(0, 300))
  }
  return found
}
