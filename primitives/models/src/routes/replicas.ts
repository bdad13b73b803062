import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { ModelsContext } from '../context.ts'
import { requireManager } from './visibility.ts'

const replica = z.object({ replicaId: z.string().min(1).max(600).describe('URL-encoded: ids hold slashes.') })

const searchSchema = z.object({
  provider: z.string(),
  kind: z.enum(['dns', 'kubernetes', 'ecs']),
  found: z.int().min(0),
  leftOut: z.int().min(0).describe('Outside of the networks that the table allows, or too many.'),
  atMs: z.number().nullable().describe('When all was last known; null before the first time.'),
  problem: z.string().nullable().describe('Why it is not known now; the last set stays.'),
})

/** Replicas that are looked for; taking replicas out of service and back. */
export function replicaRoutes(models: ModelsContext) {
  return [
    route({
      method: 'get',
      path: '/discovery',
      summary: 'How it stands with the providers whose replicas are looked for.',
      access: 'admin',
      response: z.object({ searches: z.array(searchSchema) }),
      handle: ({ caller }) => {
        requireManager(caller)
        return { searches: models.discovery() }
      },
    }),
    route({
      method: 'post',
      path: '/replicas/:replicaId/drain',
      summary: 'Lets a replica finish what it has and gives it no more, in every model that it serves.',
      access: 'admin',
      params: replica,
      handle: ({ caller, params }) => {
        requireManager(caller)
        setDraining(models, params.replicaId, true)
        return null
      },
    }),
    route({
      method: 'post',
      path: '/replicas/:replicaId/undrain',
      summary: 'Takes a drained replica back.',
      access: 'admin',
      params: replica,
      handle: ({ caller, params }) => {
        requireManager(caller)
        setDraining(models, params.replicaId, false)
        return null
      },
    }),
  ]
}

function setDraining(models: ModelsContext, replicaId: string, isDraining: boolean): void {
  if (!models.gateway.setDraining(replicaId, isDraining)) throw replicaNotFound(replicaId)
  models.onDrained?.(replicaId, isDraining)
}

export function replicaNotFound(replicaId: string): NotFoundError {
  return new NotFoundError({
    code: 'replica-not-found',
    message: `No model has a replica "${replicaId}". GET /api/models/fleet/live lists them.`,
  })
}
