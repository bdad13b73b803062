import type { Caller } from '@heavylift/core'
import { NotFoundError } from '@heavylift/core'
import type { Gateway } from '../gateway.ts'

/** `/v1/models`: readable by the OpenAI clients, and by Anthropic's, which look for `display_name` and `has_more`. */
export function listModels(gateway: Gateway, caller: Caller): string {
  const data = gateway.modelNames(caller).map((name) => modelObject(name, gateway.configuredAtMs))
  return JSON.stringify({
    object: 'list',
    data,
    has_more: false,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  })
}

/** `/v1/models/<name>`. Throws `model-unknown` (404). */
export function oneModel(gateway: Gateway, caller: Caller, name: string): string {
  if (gateway.modelNames(caller).includes(name)) {
    return JSON.stringify(modelObject(name, gateway.configuredAtMs))
  }
  throw unknownModel(name, gateway.modelNames(caller))
}

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

function modelObject(name: string, createdMs: number) {
  return {
    id: name,
    object: 'model',
    type: 'model',
    created: Math.floor(createdMs / 1000),
    created_at: new Date(createdMs).toISOString(),
    display_name: name,
    owned_by: 'heavylift',
  }
}
