import type { Store } from '@heavylift/store'
import { EmergencyStop } from '../control/store/emergency-stop.ts'
import { FloorLog } from '../control/store/floor-log.ts'

/** The emergency stop of the floor that the console shows: the same as that of a floor under control, latched in the store, released in two steps. */
export function liveStop(store: Pick<Store, 'database' | 'shared'>): EmergencyStop {
  return new EmergencyStop(store, new FloorLog(store, { tenantId: 'main', floorId: 'live floor' }))
}
