import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { ModelsContext } from '../context.ts'
import { requireManager } from './visibility.ts'

const replica = z.object({ replicaId: z.string().min(1).max(600).describe('URL-encoded: ids hold slashes.') })

/** Taking replicas out of service and back. */
export function replicaRoutes(models: ModelsContext) {
  return [
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
  const serving = [...models.gateway.routes.values()].filter(({ balancer }) =>
    balancer.replicas.some(({ id }) => id === replicaId),
  )
  if (serving.length === 0) {
    throw new NotFoundError({
      code: 'replica-not-found',
      message: `No model has a replica "${replicaId}". GET /api/models/snapshot lists them.`,
    })
  }
  for (const { balancer, queue } of serving) {
    balancer.setDraining(replicaId, isDraining)
    if (!isDraining) queue.wake()
  }
}
