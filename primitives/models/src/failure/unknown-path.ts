import { HeavyliftError, NotFoundError } from '@heavylift/core'

/** `known`: what there is, as `POST /v1/chat/completions`. */
export function noSuchPath(method: string, path: string, known: string[]): NotFoundError {
  const meant = path.replace(/^(\/v1)+\//, '/v1/').replace(/\/+$/, '')
  const isKnown = meant !== path && known.some((entry) => entry === meant || entry.endsWith(` ${meant}`))
  const hint = path.startsWith('/v1/v1/')
    ? ` Your client adds /v1 itself: its base address ends without it.`
    : ' Leave out the slash at the end.'
  return new NotFoundError({
    code: 'path-unknown',
    message: isKnown
      ? `There is no ${path.slice(0, 200)} here, but ${meant}.${hint}`
      : `There is no ${method} ${path.slice(0, 200)} here. There is: ${known.join(', ')}. A provider whose replicas serve more can declare it in "paths" of the gateway's table.`,
  })
}

export function wrongMethod(method: string, path: string, allowed: string): HeavyliftError {
  return new HeavyliftError({
    code: 'method-not-allowed',
    message: `${path.slice(0, 200)} takes no ${method}, but ${allowed}.`,
    status: 405,
  })
}

/** Declared by some provider, but not where the model is. `models` serve it. */
export function notOfModel(path: string, model: string, models: string[]): NotFoundError {
  const served = models.length === 0 ? 'No model of the table' : `Ask one of: ${models.join(', ')}. No other`
  return new NotFoundError({
    code: 'path-not-of-model',
    message: `The model "${model}" does not serve /v1${path}. ${served} is at a provider that declares that path.`,
  })
}

/** Nothing says whose it is: what a provider keeps (files, batches) is the same for all who have the gateway's key for it. */
export function pathIsShared(path: string): HeavyliftError {
  return new HeavyliftError({
    code: 'path-shared',
    message: `/v1${path} without a model is not kept apart by tenant, so only callers of the main tenant may use it. Name a "model" that is served there.`,
    status: 403,
  })
}
