import { useSnapshot } from '@heavylift/ui'
import type { GatewaySnapshot } from '../src/metering/gateway-snapshot.ts'
import { api } from './api.ts'

/** The gateway now, once a second for as long as the component is shown. */
export function useGateway() {
  return useSnapshot<GatewaySnapshot>(api.events('/live'))
}
