import { resolve } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { installEngine, pullModel } from '@heavylift/engine'
import { readCurrentModel, writeCurrentModel } from '@heavylift/engine/pulled'

/** `heavylift models pull NAME`: brings a model and the engine that serves it. */
export async function pullByCommand(input: CommandInput) {
  const { args, options, report, print, signal, dataDir, api } = input
  const given = args['model'] ?? ''
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : null)
  const model = await pullModel({
    source: /\.gguf$/i.test(given) && !/^(https?|hf):/.test(given) ? resolve(given) : given,
    dataDir,
    name: text('name'),
    sha256: text('sha256')?.toLowerCase() ?? null,
    allowPrivate: options['private'] === true,
    report,
    signal,
  })
  print(`${model.name} is in ${model.path} (${(model.bytes / 1e6).toFixed(0)} MB).`)
  if (model.licence !== null) print(`  licence   ${model.licence}`)
  if (!model.hasChatTemplate && !model.isEmbedder)
    print('  note      It has no chat template: a base model, not tuned to conversation.')
  await installEngine({ dataDir, report, signal })
  if (model.isEmbedder) {
    print(await startServing(model.name, api, signal))
    return { ...model, served: true }
  }
  const current = await readCurrentModel(dataDir)
  const isServed = options['use'] === true || current === null || current === model.name
  if (!isServed) {
    print(
      `The local engine serves ${current}. Serve this one with: heavylift models pull ${given}${text('name') === null ? '' : ` --name ${model.name}`} --use`,
    )
    return { ...model, served: false }
  }
  await writeCurrentModel(dataDir, model.name)
  print(await startServing(model.name, api, signal))
  return { ...model, served: true }
}

/** Tells a running server; without one the next start serves the model. */
async function startServing(model: string, api: CommandInput['api'], signal: AbortSignal): Promise<string> {
  const nextStart = 'The next start of the server (npm start) serves it.'
  const answer = await api('/api/models/engine', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model }),
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted()
    // No server runs, which is fine; the command line's other refusals (a missing key) are told.
    if (HeavyliftError.isInstance(error) && error.status === 401) throw error
    return null
  })
  if (answer === null) return nextStart
  if (answer.ok) return `The running server serves it now as "${model}".`
  if (answer.status === 404) return `The running server has no local engine. ${nextStart}`
  const body = (await answer.json().catch(() => null)) as { error?: { message?: string } } | null
  return `The running server refused to serve it: ${body?.error?.message ?? `status ${answer.status}`} ${nextStart}`
}
