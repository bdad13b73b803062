import { NotFoundError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { formatTable } from '@heavylift/core/text'
import type { CaseVerdict } from '../evaluate/verdict.ts'
import { verdictWords } from '../evaluate/verdict-words.ts'
import { askServer } from './ask-server.ts'

interface Evaluation {
  evaluation: { state: string; cases: number; passed: number; failed: number }
  played: { title: string; runId: string; verdict: CaseVerdict | null }[]
}

/** Plays the cases on a version and prints what came of each. */
export async function evaluateAgent(input: CommandInput) {
  const name = input.args['name'] ?? ''
  const wanted = Number(input.options['version'] ?? 0)
  const version = wanted > 0 ? wanted : await newest(input, name)
  const { evaluation, played } = await play(input, name, version)
  return { verdict: evaluation.state === 'passed' ? ('yes' as const) : ('no' as const), evaluation, played }
}

/** Whether a version has passed the cases of its agent; plays them where they have not been. An agent without cases passes. */
export async function passes(input: CommandInput, name: string, version: number): Promise<boolean> {
  const standing = await askServer<{ state: string }>(
    input,
    'GET',
    `/agents/${name}/standing?version=${version}`,
  )
  if (standing.state === 'no-cases' || standing.state === 'passed') return true
  return (await play(input, name, version)).evaluation.state === 'passed'
}

async function newest(input: CommandInput, name: string): Promise<number> {
  const { versions } = await askServer<{ versions: { version: number }[] }>(input, 'GET', `/agents/${name}`)
  const [first] = versions
  if (first !== undefined) return first.version
  throw new NotFoundError({
    code: 'version-unknown',
    message: `The agent "${name}" has no version yet. Publish it first: heavylift agents publish ${name}`,
  })
}

async function play(input: CommandInput, name: string, version: number): Promise<Evaluation> {
  const started = await askServer<{ evaluationId: string }>(input, 'POST', `/agents/${name}/evaluations`, {
    version,
  })
  for (;;) {
    const found = await askServer<Evaluation>(input, 'GET', `/evaluations/${started.evaluationId}`)
    if (found.evaluation.state !== 'playing') {
      print(input, version, found)
      return found
    }
    await sleep(300, input.signal)
    input.signal.throwIfAborted()
  }
}

function print(input: CommandInput, version: number, { evaluation, played }: Evaluation): void {
  input.print(
    formatTable(
      ['case', 'came out', 'why'],
      played.map(({ title, verdict }) => [
        title,
        verdict === null ? 'not played' : verdict.hasPassed ? 'passed' : 'failed',
        verdict === null ? '' : (verdictWords(verdict)[0] ?? ''),
      ]),
    ),
  )
  input.print(`${evaluation.passed} of ${evaluation.cases} cases pass on version ${version}.`)
}
