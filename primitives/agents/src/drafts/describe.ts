import { ConflictError, HeavyliftError } from '@heavylift/core'
import type { ChatMessage, ModelServices } from '@heavylift/models'
import { editText } from '../files/edit-file.ts'
import { isRecord } from '../files/change.ts'
import { parseFile } from '../files/parse-file.ts'
import type { FileProblem } from '../files/parse-file.ts'
import { ownTemplate } from '../templates/templates.ts'

/** Class of work by which the gateway's table routes it. */
export const describeTask = 'describe'
/** A draft that does not hold together is given back with its problems so often. */
const mostRepairs = 2
/** Templates that the model is shown: one with a map and an approval, one with branches. */
const shown = ['alert-triage', 'intake']

export interface Described {
  text: string
  problems: FileProblem[]
}

/**
 * A first draft of an agent out of a description, by a model of the gateway. What it writes is a file like any other: nothing of it runs before
 * a person has published it. Problems that are left are told.
 *
 * @throws ConflictError `no-model` where none is configured
 */
export async function describeAgent(
  models: ModelServices['models'],
  wish: string,
  options: {
    name: string
    tenantId: string
    signal: AbortSignal
    check: (text: string) => Promise<FileProblem[]>
  },
): Promise<Described> {
  const model = models.forTask(describeTask)
  if (model === null)
    throw new ConflictError({
      code: 'no-model',
      message: 'No model is configured to draft agents. Add one under Models, or begin with a template.',
    })
  const { tenantId, signal } = options
  const messages: ChatMessage[] = [
    { role: 'system', content: await instructions() },
    { role: 'user', content: `Write an agent named ${options.name}. What it has to do:\n\n${wish}` },
  ]
  let best: Described | null = null
  for (let repairs = 0; repairs <= mostRepairs; repairs++) {
    let said = ''
    for await (const part of model.complete(messages, { tenantId, signal, maxTokens: 4_000, temperature: 0 }))
      if (part.type === 'text') said += part.text
    const text = named(fileIn(said), options.name)
    const problems = text === null ? null : await options.check(text)
    if (text !== null && problems !== null && (best === null || problems.length < best.problems.length))
      best = { text, problems }
    if (best?.problems.length === 0) break
    const faults = problems?.slice(0, 10).map(({ line, message }) => `line ${line}: ${message}`)
    messages.push(
      { role: 'assistant', content: said },
      {
        role: 'user',
        content: `Mend this and write the whole file again:\n${faults?.join('\n') ?? 'This is no YAML.'}`,
      },
    )
  }
  if (best !== null) return best
  throw new HeavyliftError({
    code: 'description-failed',
    message: `The model ${model.name} wrote nothing that is a definition. Say it in other words, take a larger model, or begin with a template.`,
    status: 502,
  })
}

async function instructions(): Promise<string> {
  const examples = await Promise.all(shown.map(ownTemplate))
  return [
    'You write agents as YAML files. Answer with one file in a ```yaml fence and nothing else.',
    'Kinds of steps: set (a value), branch (cases, else the exit otherwise), map (over a list, with steps inside), approve (asks people: exits approved, refused), model (prompt), wait, code.',
    'Steps name what they come after in `after`. ${…} holds CEL over input and steps.<id>.output. Use no tool that is not named to you. `input` is a JSON Schema with one example.',
    ...examples.map((text) => `An example:\n\`\`\`yaml\n${text}\`\`\``),
  ].join('\n\n')
}

/** The file of an answer, with or without a fence around it. */
function fileIn(said: string): string {
  return /```(?:ya?ml|json)?\s*\n([\s\S]*?)```/.exec(said)?.[1] ?? said
}

function named(text: string, name: string): string | null {
  return isRecord(parseFile(text).value)
    ? editText(text, [{ kind: 'value', place: ['name'], to: name }])
    : null
}
