import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Fact } from '../facts/fact.ts'

export type TestCommand = readonly [string, ...string[]]

const packageSchema = z.object({ scripts: z.record(z.string(), z.string()).default({}) })

/** A way to run tests, and the sources that they test. */
interface Candidate {
  command: TestCommand
  tests: RegExp
}

/**
 * How a project's tests are run, by what its root has: where that is several, such as a page of its own beside a service in Go, those of the
 * language that most of its facts stand in. Null where nothing tells.
 */
export async function projectTests(root: string, facts: readonly Fact[] = []): Promise<TestCommand | null> {
  const paths = facts.flatMap(({ evidence }) => evidence.map(({ path }) => path))
  const found = await candidatesIn(root)
  const counted = found.map(({ command, tests }) => ({
    command,
    count: paths.filter((path) => tests.test(path)).length,
  }))
  return counted.toSorted((a, b) => b.count - a.count)[0]?.command ?? null
}

async function candidatesIn(root: string): Promise<Candidate[]> {
  const names = new Set(await readdir(root).catch(() => []))
  const found: Candidate[] = []
  if (names.has('package.json')) {
    const text = await readFile(join(root, 'package.json'), 'utf8')
    const test = packageSchema.safeParse(parsed(text)).data?.scripts['test']
    // What `npm init` writes is no test.
    if (test !== undefined && !test.includes('no test specified'))
      found.push({ command: ['npm', 'test', '--silent'], tests: /\.[cm]?[jt]sx?$/ })
  }
  if (names.has('go.mod')) found.push({ command: ['go', 'test', './...'], tests: /\.go$/ })
  const ofJava = /\.(?:java|kt)$/
  if (names.has('pom.xml'))
    found.push({ command: [names.has('mvnw') ? './mvnw' : 'mvn', '-q', 'test'], tests: ofJava })
  if (names.has('gradlew')) found.push({ command: ['./gradlew', 'test'], tests: ofJava })
  const isPython = ['pyproject.toml', 'setup.py', 'requirements.txt', 'pytest.ini'].some((one) =>
    names.has(one),
  )
  if (isPython && [...names].some((one) => one === 'tests' || one === 'test' || /^test_.*\.py$/.test(one)))
    found.push({ command: ['python3', '-m', 'pytest', '-q'], tests: /\.py$/ })
  return found
}

/** A command as people type it: words, and words in quotes. Null for none. */
export function commandOf(text: string): TestCommand | null {
  const words = [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  )
  const [program, ...args] = words
  return program === undefined || program === '' ? null : [program, ...args]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
