import type { Check } from '@heavylift/core'
import { checkAddress } from '@heavylift/core/runtime/check-address'
import { checkProgram } from '@heavylift/core/runtime/check-program'
import type { LiveConfig } from './config.ts'

/** For `heavylift doctor`: NATS, where it is configured, and what recaps as video need. */
export async function checkLive({ natsServers, natsSecondServers }: LiveConfig): Promise<Check[]> {
  const nats = await Promise.all(
    [...natsServers, ...natsSecondServers].map((server) => {
      const { hostname, port } = new URL(server.includes('://') ? server : `nats://${server}`)
      const place = { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 4222 : Number(port) }
      return checkAddress('NATS', place, 'Start it, or mend live.natsServers.')
    }),
  )
  const ffmpeg = checkProgram('ffmpeg', {
    args: ['-version'],
    missing: 'note',
    advice: 'Install it for recaps as MP4; playlists need none.',
  })
  return [...nats, ffmpeg]
}
