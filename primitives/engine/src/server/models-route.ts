import type { LoadedModel } from './loaded-model.ts'
import { OpenAiError } from './openai-error.ts'

/** Body of `GET /v1/models`. `capabilities` is ours: what the model can be asked for. */
export function modelList({ options, loadedAtMs, contextTokens }: LoadedModel) {
  return {
    object: 'list',
    data: [
      {
        id: options.modelName,
        object: 'model',
        created: Math.floor(loadedAtMs / 1000),
        owned_by: 'local',
        max_model_len: contextTokens,
        capabilities: ['chat', 'completions', 'embeddings'],
      },
    ],
  }
}

/** Throws `OpenAiError` `model_not_found` when another model is asked for. */
export function checkModel({ options }: LoadedModel, model: string | undefined): void {
  if (model === undefined || model === options.modelName) return
  throw new OpenAiError(
    404,
    'model_not_found',
    `This engine serves "${options.modelName}", not "${model}".`,
    'model',
  )
}
