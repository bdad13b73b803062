import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

export type TestCommand = readonly [string, ...string[]]

const packageSchema = z.object({ scripts: z.record(z.string(), z.string()).default({}) })

/** How a project's tests are run, by what its root has; null where nothing tells. */
export async function projectTests(root: string): Promise<TestCommand | null> {
  const names = new Set(await readdir(root).catch(() => []))
  if (names.has('package.json')) {
    const text = await readFile(join(root, 'package.json'), 'utf8')
    const test = packageSchema.safeParse(parsed(text)).data?.scripts['test']
    // What `npm init` writes is no test.
    if (test !== undefined && !test.includes('no test specified')) return ['npm', 'test', '--silent']
  }
  if (names.has('go.mod')) return ['go', 'test', './...']
  if (names.has('pom.xml')) return [names.has('mvnw') ? './mvnw' : 'mvn', '-q', 'test']
  if (names.has('gradlew')) return ['./gradlew', 'test']
  const isPython = ['pyproject.toml', 'setup.py', 'requirements.txt', 'pytest.ini'].some((one) =>
    names.has(one),
  )
  if (isPython && [...names].some((one) => one === 'tests' || one === 'test' || /^test_.*\.py$/.test(one)))
    return ['python3', '-m', 'pytest', '-q']
  return null
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
