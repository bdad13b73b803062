import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { a2aKitAgent } from './a2a-kit-agent.ts'
import { startProductServer } from './product-server.ts'
import { runKit } from './run-kit.ts'

/** One test of the kit, as its report in JUnit's format has it. */
export interface KitTest {
  name: string
  outcome: 'passed' | 'failed' | 'skipped'
  why: string
}

/** The public test kit of A2A (`--kit`, a copy of it) against an agent of the product. Tests that the kit skips are not counted. */
export async function runA2aEval(input: MeasureInput): ReturnType<Measure['run']> {
  const { kit, python = 'python3' } = input.options ?? {}
  const dir = typeof kit === 'string' ? kit : input.dataDir
  if (dir === null)
    throw new InvalidInputError({
      code: 'kit-missing',
      message:
        'Give a copy of the public test kit with --kit DIR (its branch for A2A 1.0), and with --python a Python that has what its pyproject.toml names.',
    })
  input.report({ stage: 'starting a server', done: 0, total: 2, unit: 'steps' })
  const server = await startProductServer(input.signal)
  const reports = await mkdtemp(join(tmpdir(), 'heavylift-a2a-'))
  try {
    await server.publish(a2aKitAgent)
    input.report({ stage: 'running the kit', done: 1, total: 2, unit: 'steps' })
    const report = join(reports, 'junit.xml')
    const output = await runKit(
      String(python),
      [
        '-m',
        'pytest',
        'tests/compatibility/',
        '-q',
        '--tb=line',
        '-p',
        'no:cacheprovider',
        '-o',
        'junit_family=xunit2',
        `--sut-host=${server.address}/api/agents/a2a/kit`,
        '--transport=jsonrpc,http_json',
        `--junitxml=${report}`,
      ],
      { cwd: dir, env: { PYTHONDONTWRITEBYTECODE: '1' }, signal: input.signal },
    )
    const xml = await readFile(report, 'utf8').catch((cause: unknown) => {
      throw new InvalidInputError({
        code: 'kit-failed',
        message: `The kit wrote no report. Its last output:\n${output.slice(-2_000)}`,
        cause,
      })
    })
    return scored(readJunit(xml))
  } finally {
    await server.close()
    await rm(reports, { recursive: true, force: true })
  }
}

function scored(tests: readonly KitTest[]): Awaited<ReturnType<Measure['run']>> {
  const counted = tests.filter(({ outcome }) => outcome !== 'skipped')
  const failed = counted.filter(({ outcome }) => outcome === 'failed')
  return {
    n: counted.length,
    metrics: {
      passed: counted.length - failed.length,
      total: counted.length,
      skipped: tests.length - counted.length,
    },
    failures: failed.map(({ name, why }) => `${name}: ${why}`),
    notes: [
      'JSON-RPC and HTTP+JSON; the product has no gRPC. Skipped is what the kit leaves out, by its own rules:',
      ...skippedWhy(tests),
    ],
  }
}

/** Why the kit left tests out, the most frequent reason first. */
function skippedWhy(tests: readonly KitTest[]): string[] {
  const skipped = tests.filter(({ outcome }) => outcome === 'skipped')
  return [...Map.groupBy(skipped, ({ why }) => why)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([why, all]) => `${all.length} × ${why || 'no reason given'}`)
}

/** Test cases of a report in JUnit's format. An expected failure of pytest is `skipped` there. */
export function readJunit(xml: string): KitTest[] {
  return [...xml.matchAll(/<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(
    ([, attributes = '', inside = '']) => {
      const [, state, about = ''] = /<(failure|error|skipped)\b([^>]*)>/.exec(inside) ?? []
      const name = attributeOf(attributes, 'name')
      return {
        name: `${attributeOf(attributes, 'classname').split('.').at(-1)}.${name}`,
        outcome: state === undefined ? 'passed' : state === 'skipped' ? 'skipped' : 'failed',
        why: attributeOf(about, 'message').replaceAll(/\s+/g, ' ').slice(0, 300),
      }
    },
  )
}

function attributeOf(attributes: string, name: string): string {
  return unescape(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '')
}

function unescape(text: string): string {
  return text
    .replaceAll('&#10;', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
