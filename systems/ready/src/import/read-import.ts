import { InvalidInputError } from '@heavylift/core'
import { parse as parseYaml } from 'yaml'
import { scenarioSchema } from '../load/scenario.ts'
import type { Imported } from './imported.ts'
import { readAccessLog } from './read-access-log.ts'
import { readArtillery } from './read-artillery.ts'
import { readHar } from './read-har.ts'
import { readJmeter } from './read-jmeter.ts'
import { readK6 } from './read-k6.ts'
import { importLlmTrace } from './read-llm-trace.ts'
import { readOpenApi } from './read-openapi.ts'
import { readPostman } from './read-postman.ts'
import { readTaurus } from './read-taurus.ts'

const longestFile = 50_000_000

/**
 * A scenario from a file of another tool, by what is in it. Nothing of it is run, and no address in it is called.
 * @throws InvalidInputError `import-unknown` where it is of no known format, `import-empty` where nothing in it can be sent
 */
export function readImport(text: string): Imported & { scenario: NonNullable<Imported['scenario']> } {
  if (text.length > longestFile)
    throw new InvalidInputError({ code: 'import-too-large', message: 'A file has at most 50 MB.' })
  const start = withoutCallback(text.trimStart())
  const found = start.startsWith('<')
    ? readJmeter(text)
    : (importLlmTrace(start) ?? readTree(start) ?? readK6(text) ?? readAccessLog(text))
  const wrong = found === null ? jsonProblemOf(start) : null
  if (wrong !== null)
    throw new InvalidInputError({
      code: 'import-unknown',
      message: `It begins as JSON and does not go on so: ${wrong}. Save it anew.`,
    })
  if (found === null)
    throw new InvalidInputError({
      code: 'import-unknown',
      message:
        'It is none of HAR, OpenAPI 3, Postman 2.1, JMeter, Artillery, Taurus, k6, traces of model services (Azure, Mooncake) and access log.',
    })
  if (found.scenario === null)
    throw new InvalidInputError({
      code: 'import-empty',
      message: `Nothing in this ${found.format} file can be sent: ${found.left[0]?.where ?? ''} ${found.left[0]?.advice ?? 'it has no requests.'}`,
      details: found.left,
    })
  // What is imported must be a scenario; a reader that made something else is at fault here, not when it runs.
  scenarioSchema.parse(found.scenario)
  return { ...found, scenario: found.scenario }
}

/** A HAR for a page comes as a call, `onInputData({…})`. */
const withoutCallback = (text: string) =>
  /^[\w$.]+\s*\(\s*(\{[\s\S]*\})\s*\)\s*;?\s*$/.exec(text)?.[1] ?? text

function jsonProblemOf(text: string): string | null {
  if (!/^[{[]/.test(text)) return null
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

function readTree(text: string): Imported | null {
  let tree: unknown
  try {
    tree =
      text.startsWith('{') || text.startsWith('[')
        ? JSON.parse(text)
        : parseYaml(text, { maxAliasCount: 1000, logLevel: 'silent' })
  } catch {
    return null
  }
  if (typeof tree !== 'object' || tree === null) return null
  return readHar(tree) ?? readPostman(tree) ?? readOpenApi(tree) ?? readArtillery(tree) ?? readTaurus(tree)
}
