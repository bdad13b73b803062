import { readFile } from 'node:fs/promises'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { formatTable } from '@heavylift/core/text'
import { checkDraft } from '../drafts/check-draft.ts'
import { canonicalText } from '../files/canonical.ts'
import { checkFile } from '../files/check-file.ts'
import { parseFile } from '../files/parse-file.ts'
import type { DraftAnswer } from '../routes/draft-schemas.ts'
import type { RunSummary } from '../routes/run-schemas.ts'
import { askServer } from './ask-server.ts'
import { passes } from './evaluate.ts'

interface ShownAgent {
  name: string
  liveVersion: number | null
  canary: { version: number; share: number } | null
  pausedBecause: string | null
}

export async function listAgents(input: CommandInput) {
  const { agents } = await askServer<{ agents: ShownAgent[] }>(input, 'GET', '/agents')
  const lasting = agents.filter(({ name }) => !name.startsWith('try-'))
  if (lasting.length === 0)
    input.print('There is no agent yet. Begin with a template in the console, or: heavylift agents sync DIR')
  else
    input.print(
      formatTable(
        ['agent', 'live', 'canary', 'state'],
        lasting.map(({ name, liveVersion, canary, pausedBecause }) => [
          name,
          liveVersion === null ? '–' : String(liveVersion),
          canary === null ? '–' : `${canary.version} for ${Math.round(canary.share * 100)} %`,
          pausedBecause === null ? (liveVersion === null ? 'draft' : 'live') : `paused: ${pausedBecause}`,
        ]),
      ),
    )
  return { agents: lasting }
}

export async function showAgent(input: CommandInput) {
  const draft = await askServer<DraftAnswer>(input, 'GET', `/drafts/${input.args['name'] ?? ''}`)
  input.print(draft.text.trimEnd())
  for (const { line, column, message } of draft.problems) input.print(`${line}:${column} ${message}`)
  return draft
}

/** Without a server: reads a file, and says what is wrong with it. */
export async function checkAgentFile(input: CommandInput) {
  const path = input.args['file'] ?? ''
  const text = await readFile(path, 'utf8').catch(() => {
    throw new InvalidInputError({ code: 'file-not-found', message: `There is no file “${path}”.` })
  })
  const problems = checkDraft(text)
  for (const { line, column, message, severity } of problems)
    input.print(`${path}:${line}:${column} ${severity === 'warning' ? 'warning: ' : ''}${message}`)
  const { definition } = checkFile(text)
  const isRight = definition !== null && problems.every(({ severity }) => severity === 'warning')
  if (definition !== null && input.options['canonical'] === true)
    input.print(canonicalText(definition).trimEnd())
  else if (isRight) input.print(`${path}: the agent “${definition.name}” is in order.`)
  return { verdict: isRight ? ('yes' as const) : ('no' as const), problems }
}

export async function publishAgent(input: CommandInput) {
  const name = input.args['name'] ?? ''
  const draft = await askServer<DraftAnswer>(input, 'GET', `/drafts/${name}`)
  const share = Number(input.options['share'] ?? 100)
  if (!(share > 0 && share <= 100))
    throw new InvalidInputError({
      code: 'share-invalid',
      message: 'The share is a number of percent, from 0.1 to 100.',
    })
  const note = typeof input.options['note'] === 'string' ? input.options['note'] : ''
  const definition = parseFile(draft.text).value
  const { version } = await askServer<{ version: number }>(input, 'POST', '/versions', { definition, note })
  const despite = typeof input.options['despite'] === 'string' ? input.options['despite'] : undefined
  const hasPassed = despite !== undefined || (await passes(input, name, version))
  if (!hasPassed) {
    input.print(`Version ${version} is written down and not live: mend it, or say --despite WHY.`)
    return { verdict: 'no' as const, name, version, share: 0 }
  }
  await askServer(input, 'POST', `/agents/${name}/live`, { version, share: share / 100, despite })
  input.print(
    share < 100
      ? `Version ${version} is a canary for ${share} % of new runs.`
      : `Version ${version} is live.`,
  )
  return { verdict: 'yes' as const, name, version, share }
}

/** Starts a run and follows it to its end, or to where it waits for a person. */
export async function runAgent(input: CommandInput) {
  const name = input.args['name'] ?? ''
  const given = typeof input.options['input'] === 'string' ? input.options['input'] : '{}'
  const body = { input: await readInput(given) }
  const { runId } = await askServer<{ runId: string }>(input, 'POST', `/agents/${name}/runs`, body)
  for (;;) {
    const { run, output, questions } = await askServer<{
      run: RunSummary
      output: unknown
      questions: { ask: string }[]
    }>(input, 'GET', `/runs/${runId}`)
    if (run.endedMs !== null) {
      if (run.error) input.print(`Failed at ${run.error.path ?? name}: ${run.error.message}`)
      else input.print(JSON.stringify(output, null, 2))
      return { verdict: run.state === 'done' ? ('yes' as const) : ('no' as const), run, output }
    }
    if (questions.length > 0) {
      for (const { ask } of questions) input.print(`Waits for a person: ${ask}`)
      input.print(`Answer it in the console: /agents/runs/${runId}`)
      return { verdict: 'undecided' as const, run, output: null }
    }
    await sleep(200, input.signal)
    input.signal.throwIfAborted()
  }
}

/** JSON, or with `@` a file of it. */
async function readInput(given: string): Promise<unknown> {
  const text = given.startsWith('@') ? await readFile(given.slice(1), 'utf8') : given
  const { value, problems } = parseFile(text)
  const [fault] = problems
  if (!fault) return value
  throw new InvalidInputError({
    code: 'input-unreadable',
    message: `The input is no JSON: line ${fault.line}, column ${fault.column}: ${fault.message}`,
  })
}
