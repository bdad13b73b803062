import type { Ids } from '@heavylift/core'
import type { Objects } from '@heavylift/store'

/** Recorded runs that somebody sent, as objects, apart by tenant. */
export interface RecordingStore {
  /** Gives the id under which it is kept. */
  put(tenantId: string, json: string | ReadableStream<Uint8Array>): Promise<string>
  /** Null when there is none. */
  get(tenantId: string, id: string): Promise<ReadableStream<Uint8Array> | null>
  delete(tenantId: string, id: string): Promise<void>
}

export function createRecordingStore(objects: Objects, ids: Ids): RecordingStore {
  const keyOf = (tenantId: string, id: string) => `drive/recordings/${tenantId}/${id}.json`
  return {
    async put(tenantId, json) {
      const id = ids.next('rec')
      await objects.put(keyOf(tenantId, id), json)
      return id
    },
    get: (tenantId, id) => objects.get(keyOf(tenantId, id)),
    delete: (tenantId, id) => objects.delete(keyOf(tenantId, id)),
  }
}
