import { NotFoundError } from '@heavylift/core'

/** Asked for by a name that neither a model nor a task has; `known`: those that the caller may ask for. */
export function unknownModel(name: string, known: string[]): NotFoundError {
  const list = known.slice(0, 8).join(', ')
  return new NotFoundError({
    code: 'model-unknown',
    message:
      known.length === 0
        ? `There is no model "${name}", nor any other yet. Run \`npx heavylift models pull smollm2\` for a small one on this machine, or add a provider in models.config.json.`
        : `There is no model "${name.slice(0, 100)}". There is: ${list}${known.length > 8 ? ', … (GET /v1/models)' : ''}.`,
  })
}
